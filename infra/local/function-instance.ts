import { Worker } from 'node:worker_threads';
import type { CallReport, Rights } from './guard-calls.ts';

/** An error that a function threw, in the form in which Lambda reports it. */
interface FunctionError {
  errorType: string;
  errorMessage: string;
}

export type Invocation =
  { ok: true; value: unknown } | { ok: false; reason: 'failed' | 'timed out'; error?: FunctionError };

/** The settings of a function. An instance can be reused only with the same settings. */
interface Settings {
  bundle: string;
  /** Milliseconds. */
  timeout: number;
  environment: Record<string, string>;
  rights: Rights;
}

/** Receives the output of an instance and the permissions that it uses. */
export interface Listener {
  print(text: string): void;
  onCalls(report: CallReport): void;
}

type Message = Invocation | { calls: CallReport } | { printed: string };

const nobody: Listener = { print: () => undefined, onCalls: () => undefined };

/** A thread that runs the bundle of a function, like an instance of Lambda. */
export class Instance {
  alive = true;
  private listener = nobody;
  private readonly worker: Worker;
  private readonly timeout: number;
  private onAnswer: (result: Invocation) => void = () => undefined;

  constructor({ bundle, timeout, environment, rights, clockAhead }: Settings & { clockAhead: SharedArrayBuffer }) {
    this.timeout = timeout;
    this.worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      env: environment,
      workerData: { bundle, rights, clockAhead },
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    for (const stream of [this.worker.stdout, this.worker.stderr])
      stream.on('data', (chunk: Buffer) => this.listener.print(chunk.toString()));
    this.worker.on('message', (message: Message) => {
      if ('printed' in message) this.listener.print(message.printed);
      else if ('calls' in message) this.listener.onCalls(message.calls);
      else this.onAnswer(message);
    });
    this.worker.on('error', (error) => {
      this.alive = false;
      this.listener.print(`${error.stack ?? String(error)}\n`);
      this.onAnswer({ ok: false, reason: 'failed' });
    });
  }

  /** Replaces the listener. The new one also receives the permissions that were used before. */
  tell(listener: Listener): void {
    this.listener = listener;
    this.worker.postMessage('serve another stack');
  }

  run(event: unknown): Promise<Invocation> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        void this.stop();
        resolve({ ok: false, reason: 'timed out' });
      }, this.timeout);
      this.onAnswer = (result) => {
        clearTimeout(timer);
        resolve(result);
      };
      this.worker.postMessage({ event, timeout: this.timeout });
    });
  }

  async stop(): Promise<void> {
    this.alive = false;
    await this.worker.terminate();
  }
}

/** Keeps instances for the next stack in the same process, because starting an instance takes longer than most invocations. */
export class WarmInstances {
  /** The milliseconds by which the functions' clock is ahead. In shared memory, because instances outlive a stack. */
  readonly clockAhead = new SharedArrayBuffer(8);

  private readonly ahead = new BigInt64Array(this.clockAhead);
  private readonly left = new Map<string, Instance[]>();

  /** The time on the functions' clock, in milliseconds since 1970. */
  now(): number {
    return Date.now() + Number(Atomics.load(this.ahead, 0));
  }

  /** Advances the functions' clock by milliseconds. It cannot be set back, because the ids that an instance makes only increase. */
  advanceClock(duration: number): void {
    Atomics.add(this.ahead, 0, BigInt(duration));
  }

  /** Returns an idle instance that was started with the same settings, if there is one. */
  take(settings: Settings): Instance | undefined {
    const left = this.left.get(JSON.stringify(settings)) ?? [];
    for (let instance = left.pop(); instance; instance = left.pop()) if (instance.alive) return instance;
    return undefined;
  }

  leave(settings: Settings, instances: readonly Instance[]): void {
    const key = JSON.stringify(settings);
    for (const instance of instances) instance.tell(nobody);
    this.left.set(key, [...(this.left.get(key) ?? []), ...instances]);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.left.values()].flat().map((instance) => instance.stop()));
    this.left.clear();
  }
}
