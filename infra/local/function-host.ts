import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import { Instance, type Invocation, type Listener, type WarmInstances } from './function-instance.ts';
import type { CallReport, Rights } from './guard-calls.ts';
import { rightsOf } from './rights.ts';
import { grantsOf } from './role.ts';
import type { Resource, Template } from './template.ts';

/** The maximum number of instances of one function. Further requests wait until an instance is idle. */
const mostInstances = 4;

export interface FunctionHost {
  /** Invokes the function with this logical id. As on Lambda, an instance handles one event at a time. */
  invoke(functionId: string, event: unknown): Promise<Invocation>;
  /** By the logical id of each function: the grants of its role, the grants that it used, and the calls that were refused. */
  roles(): Record<string, RoleUse>;
  stop(): Promise<void>;
}

export interface RoleUse {
  granted: string[];
  used: string[];
  refused: string[];
}

interface HostOptions {
  /** Variables that every function gets in addition to its own: the addresses of the emulators. */
  environment: Record<string, string>;
  /** Variables that replace those of the template. */
  variables?: Record<string, string>;
  /** Instances that an earlier host has left for reuse, and the clock that all instances share. */
  warm: WarmInstances;
  /** A file for the output of the functions. Absent: the output goes only to `onOutput`, if that is present. */
  logFile?: string;
  onOutput?: (text: string) => void;
  /** The factor by which the timeouts of functions are longer than on AWS. */
  slowness?: number;
}

/** Runs the template's functions from their real bundles, in threads with their own environment and time limit. */
export const startFunctions = (template: Template, options: HostOptions): FunctionHost => {
  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' });
  const rights = rightsOf(template);
  const functions = new Map(
    template.ofType('AWS::Lambda::Function').map((resource) => {
      const [, logicalId = ''] = resource.id.split('/');
      return [logicalId, new HostedFunction(template.directory, resource, rights(logicalId), options, log)];
    }),
  );
  return {
    invoke: async (functionId, event) => {
      const hosted = functions.get(functionId);
      if (!hosted) throw new Error(`The template has no function ${functionId}`);
      return hosted.invoke(event);
    },
    roles: () => Object.fromEntries([...functions].map(([functionId, hosted]) => [functionId, hosted.role()])),
    stop: async () => {
      await Promise.all([...functions.values()].map((hosted) => hosted.stop()));
      await new Promise((resolve) => (log ? log.end(resolve) : resolve(undefined)));
    },
  };
};

class HostedFunction {
  private readonly settings: Omit<ConstructorParameters<typeof Instance>[0], 'clockAhead'>;
  private readonly listener: Listener;
  private readonly warm: WarmInstances;
  private readonly idle: Instance[] = [];
  private readonly all = new Set<Instance>();
  private readonly waiting: ((instance: Instance) => void)[] = [];
  private readonly granted: string[];
  private readonly used = new Set<string>();
  private readonly refused = new Set<string>();

  constructor(
    directory: string,
    { properties, metadata }: Resource,
    rights: Rights,
    options: HostOptions,
    log: WriteStream | undefined,
  ) {
    this.granted = grantsOf(rights.statements);
    const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, string> };
    this.warm = options.warm;
    this.settings = {
      bundle: path.join(directory, String(metadata['aws:asset:path']), 'index.mjs'),
      timeout: Number(properties.Timeout) * 1000 * (options.slowness ?? 1),
      environment: { ...options.environment, ...Variables, ...options.variables },
      rights,
    };
    const print = (text: string) => {
      log?.write(text);
      options.onOutput?.(text);
    };
    this.listener = {
      print,
      onCalls: ({ used, refused }: CallReport) => {
        for (const grant of used) this.used.add(grant);
        if (refused === undefined) return;
        this.refused.add(refused);
        print(`The role does not allow ${refused}\n`);
      },
    };
  }

  async invoke(event: unknown): Promise<Invocation> {
    const instance = await this.take();
    const result = await instance.run(event);
    if (instance.alive) this.giveBack(instance);
    else {
      this.all.delete(instance);
      const next = this.waiting.shift();
      if (next) next(this.add());
    }
    return result;
  }

  role(): RoleUse {
    return { granted: this.granted, used: [...this.used], refused: [...this.refused] };
  }

  async stop(): Promise<void> {
    for (const instance of this.idle) this.all.delete(instance);
    this.warm.leave(this.settings, this.idle);
    await Promise.all([...this.all].map((instance) => instance.stop()));
  }

  private async take(): Promise<Instance> {
    const idle = this.idle.pop();
    if (idle) return idle;
    if (this.all.size < mostInstances) return this.add();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private add(): Instance {
    const { settings, warm } = this;
    const instance = warm.take(settings) ?? new Instance({ ...settings, clockAhead: warm.clockAhead });
    instance.tell(this.listener);
    this.all.add(instance);
    return instance;
  }

  private giveBack(instance: Instance): void {
    const next = this.waiting.shift();
    if (next) next(instance);
    else this.idle.push(instance);
  }
}
