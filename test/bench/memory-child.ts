/** Calls a bundle's handler as Lambda does, and prints what it took. Arguments: the bundle, the event. */
import { pathToFileURL } from 'node:url';

/** Memory at its highest, and milliseconds of processor time. */
export interface Taken {
  megabytes: number;
  start: number;
  first: number;
  later: number;
}

const laterCalls = 20;

const processorTime = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const [, , bundle = '', event = '{}'] = process.argv;
let handler: (event: unknown, context: object) => Promise<unknown> = async () => undefined;
const start = await processorTime(async () => {
  ({ handler } = (await import(pathToFileURL(bundle).href)) as { handler: typeof handler });
});
const call = () => handler(JSON.parse(event), { getRemainingTimeInMillis: () => 25_000, awsRequestId: 'bench' });
const first = await processorTime(call);
const later =
  (await processorTime(async () => {
    for (let count = 0; count < laterCalls; count += 1) await call();
  })) / laterCalls;

const taken: Taken = { megabytes: process.resourceUsage().maxRSS / 1024, start, first, later };
console.log(JSON.stringify(taken));
