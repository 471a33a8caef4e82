/** A thread that runs one function's bundle, one event at a time, on a clock that tests can advance. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Rights } from './guard-calls.ts';

const { bundle, rights, clockAhead } = workerData as { bundle: string; rights: Rights; clockAhead: SharedArrayBuffer };
// Instances share a compile cache, so that later ones need not compile the bundle and strip the types of guard-calls.ts.
enableCompileCache(path.join(path.dirname(bundle), '../compiled'));
const { guardCalls } = await import('./guard-calls.ts');
const tellAnew = guardCalls(rights, (calls) => parentPort?.postMessage({ calls }));
// Output is posted as a message, so that it arrives before the result of its invocation. A stream would be slower.
for (const stream of [process.stdout, process.stderr])
  stream.write = (text: string | Uint8Array) => {
    parentPort?.postMessage({ printed: String(text) });
    return true;
  };
const ahead = new BigInt64Array(clockAhead);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(RealDate.now() + Number(Atomics.load(ahead, 0)));
    else super(...(given as [number]));
  }

  static override now(): number {
    return RealDate.now() + Number(Atomics.load(ahead, 0));
  }
} as DateConstructor;

type Handler = (event: unknown, context: object) => Promise<unknown>;

const loading = import(pathToFileURL(bundle).href) as Promise<{ handler: Handler }>;

parentPort?.on('message', (message: { event: unknown; timeout: number } | 'serve another stack') => {
  if (message === 'serve another stack') return tellAnew();
  const { event, timeout } = message;
  const end = performance.now() + timeout;
  void answer(event, { getRemainingTimeInMillis: () => end - performance.now(), awsRequestId: 'local' });
});

let isFirst = true;

const answer = async (event: unknown, context: object): Promise<void> => {
  try {
    const { handler } = await loading;
    parentPort?.postMessage({ ok: true, value: await handler(event, context) });
    // By default Node writes the cache only on exit, which may be too late for the instances that could use it.
    if (isFirst) flushCompileCache();
    isFirst = false;
  } catch (error) {
    console.error(error);
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    parentPort?.postMessage({ ok: false, reason: 'failed', error: { errorType: name, errorMessage: message } });
  }
};
