import type { EventBus } from './event-bus.ts';
import { matches } from './event-pattern.ts';
import type { FunctionHost } from './function-host.ts';
import { openStream } from './stream.ts';
import type { Template } from './template.ts';

export interface Triggers {
  /** Delivers the records of the stream and the events of the bus, repeatedly, until there are no new ones. */
  drain(): Promise<void>;
  /** Triggers each schedule once. */
  tick(): Promise<void>;
  /** Starts doing both automatically. */
  run(): void;
  stop(): Promise<void>;
}

/** The milliseconds between two reads of the stream or the bus. */
const pause = 150;

interface Mapping {
  functionId: string;
  patterns: unknown[];
}

/** The template's event sources: the table's stream, schedules, and the event bus. */
export const createTriggers = async (
  template: Template,
  functions: FunctionHost,
  bus: EventBus,
  dynamoDbEndpoint: string,
  streamArn: string,
): Promise<Triggers> => {
  const mappings = readMappings(template);
  const schedules = readSchedules(template);
  const stream = await openStream(dynamoDbEndpoint, streamArn);
  const timers: NodeJS.Timeout[] = [];
  let stopped = false;
  let polling: Promise<unknown> = Promise.resolve();

  const pass = async (): Promise<boolean> => {
    const records = await stream.read();
    const woken = mappings.filter(({ patterns }) =>
      records.some((record) => patterns.some((pattern) => matches(pattern, record))),
    );
    await Promise.all(woken.map(({ functionId }) => functions.invoke(functionId, { Records: records })));
    return records.length > 0;
  };
  const drain = async (): Promise<void> => {
    while ((await pass()) || (await bus.deliver()));
  };
  const tick = async (): Promise<void> => {
    await Promise.all(schedules.map(({ functionId }) => functions.invoke(functionId, { source: 'aws.events' })));
  };
  const poll = (): void => {
    if (stopped) return;
    polling = drain()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        if (!stopped) timers[0] = setTimeout(poll, pause);
      });
  };

  return {
    drain,
    tick,
    run: () => {
      void tick();
      poll();
      // Separate from the stream, so that events of the first emails need not wait for a run of the worker, which can take a
      // minute.
      timers.push(setInterval(() => void bus.deliver(), pause));
      for (const { everyMilliseconds } of schedules) timers.push(setInterval(() => void tick(), everyMilliseconds));
    },
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await polling;
      stream.close();
    },
  };
};

const readMappings = (template: Template): Mapping[] =>
  template
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .map(({ properties }) => {
      const { Filters = [] } = (properties.FilterCriteria ?? {}) as { Filters?: { Pattern: string }[] };
      return {
        functionId: String(properties.FunctionName),
        patterns: Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown),
      };
    });

const readSchedules = (template: Template) =>
  template.ofType('AWS::Events::Rule').flatMap(({ properties }) => {
    const rate = /^rate\((\d+) minutes?\)$/.exec(String(properties.ScheduleExpression));
    if (!rate) return [];
    return (properties.Targets as { Arn: string }[]).map(({ Arn }) => ({
      functionId: Arn.split(':').at(-1) ?? '',
      everyMilliseconds: Number(rate[1]) * 60_000,
    }));
  });
