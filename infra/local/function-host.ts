import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CallReport, Rights } from './guard-calls.ts';
import { rightsOf } from './rights.ts';
import { grantsOf } from './role.ts';
import type { Resource, Template } from './template.ts';

/** Instances of one function at a time; more requests wait, as they do at the account's concurrency limit. */
const mostInstances = 4;

/** What a function threw, as Lambda tells it. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
}

export type Invocation =
  { ok: true; value: unknown } | { ok: false; reason: 'failed' | 'timed out'; error?: FunctionError };

export interface FunctionHost {
  /** By the function's logical id. One event at a time in an instance, as Lambda does. */
  invoke(functionId: string, event: unknown): Promise<Invocation>;
  /** By the function's logical id: what its role allows, what of that it used, and what it asked for beyond. */
  roles(): Record<string, RoleUse>;
  stop(): Promise<void>;
}

export interface RoleUse {
  granted: string[];
  used: string[];
  refused: string[];
}

interface HostOptions {
  /** Variables that every function gets beside its own: where the emulators are. */
  environment: Record<string, string>;
  /** Milliseconds that the functions' clock is ahead. Shared memory. */
  clockAhead: SharedArrayBuffer;
  /** A file for what functions print; absent: `onOutput`, or nothing. */
  logFile?: string;
  onOutput?: (text: string) => void;
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
  private readonly start: () => Instance;
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
    const settings = {
      bundle: path.join(directory, String(metadata['aws:asset:path']), 'index.mjs'),
      timeout: Number(properties.Timeout) * 1000,
      environment: { ...options.environment, ...Variables },
      rights,
      clockAhead: options.clockAhead,
      print: (text: string) => {
        log?.write(text);
        options.onOutput?.(text);
      },
      onCalls: ({ used, refused }: CallReport) => {
        for (const grant of used) this.used.add(grant);
        if (refused === undefined) return;
        this.refused.add(refused);
        settings.print(`The role does not allow ${refused}\n`);
      },
    };
    this.start = () => new Instance(settings);
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
    await Promise.all([...this.all].map((instance) => instance.stop()));
  }

  private async take(): Promise<Instance> {
    const idle = this.idle.pop();
    if (idle) return idle;
    if (this.all.size < mostInstances) return this.add();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private add(): Instance {
    const instance = this.start();
    this.all.add(instance);
    return instance;
  }

  private giveBack(instance: Instance): void {
    const next = this.waiting.shift();
    if (next) next(instance);
    else this.idle.push(instance);
  }
}

interface InstanceSettings {
  bundle: string;
  /** Milliseconds. */
  timeout: number;
  environment: Record<string, string>;
  rights: Rights;
  clockAhead: SharedArrayBuffer;
  print(text: string): void;
  onCalls(report: CallReport): void;
}

type Message = Invocation | { calls: CallReport };

class Instance {
  alive = true;
  private readonly worker: Worker;
  private readonly timeout: number;
  private readonly print: (text: string) => void;
  private onAnswer: (result: Invocation) => void = () => undefined;

  constructor({ bundle, timeout, environment, rights, clockAhead, print, onCalls }: InstanceSettings) {
    this.timeout = timeout;
    this.print = print;
    this.worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      env: environment,
      workerData: { bundle, rights, clockAhead },
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    for (const stream of [this.worker.stdout, this.worker.stderr])
      stream.on('data', (chunk: Buffer) => print(chunk.toString()));
    this.worker.on('message', (message: Message) =>
      'calls' in message ? onCalls(message.calls) : this.onAnswer(message),
    );
  }

  run(event: unknown): Promise<Invocation> {
    return new Promise((resolve) => {
      const done = (result: Invocation) => {
        clearTimeout(timer);
        this.worker.removeAllListeners('error');
        resolve(result);
      };
      const timer = setTimeout(() => {
        void this.stop();
        done({ ok: false, reason: 'timed out' });
      }, this.timeout);
      this.onAnswer = done;
      this.worker.once('error', (error) => {
        this.alive = false;
        this.print(`${error.stack ?? String(error)}\n`);
        done({ ok: false, reason: 'failed' });
      });
      this.worker.postMessage({ event, timeout: this.timeout });
    });
  }

  async stop(): Promise<void> {
    this.alive = false;
    await this.worker.terminate();
  }
}
