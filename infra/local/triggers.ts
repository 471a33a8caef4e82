import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { FunctionHost } from './function-host.ts';
import { localAws } from './table.ts';
import type { Template } from './template.ts';

export interface Triggers {
  /** Hands on what the stream has, as often as that brings more, until it has nothing new. */
  settle(): Promise<void>;
  /** Does what the schedules do each time they are due. */
  tick(): Promise<void>;
  /** From now on both happen by themselves. */
  run(): void;
  stop(): Promise<void>;
}

/** Milliseconds between two looks at the stream. */
const streamPause = 150;

interface Mapping {
  functionId: string;
  patterns: unknown[];
}

/** The template's event sources: the table's stream, and schedules. */
export const createTriggers = async (
  template: Template,
  functions: FunctionHost,
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
  const settle = async (): Promise<void> => {
    while (await pass());
  };
  const tick = async (): Promise<void> => {
    await Promise.all(schedules.map(({ functionId }) => functions.invoke(functionId, { source: 'aws.events' })));
  };
  const poll = (): void => {
    if (stopped) return;
    polling = settle()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        if (!stopped) timers[0] = setTimeout(poll, streamPause);
      });
  };

  return {
    settle,
    tick,
    run: () => {
      void tick();
      poll();
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
  template.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => {
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

/** EventBridge patterns, as far as event source filters use them here: nested names, values, and `exists`. */
const matches = (pattern: unknown, value: unknown): boolean => {
  if (Array.isArray(pattern))
    return pattern.some((each: unknown) =>
      isObject(each) && 'exists' in each ? (value !== undefined) === each.exists : each === value,
    );
  return (
    isObject(pattern) &&
    Object.entries(pattern).every(([name, part]) => matches(part, isObject(value) ? value[name] : undefined))
  );
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a stream from this moment on; shards that open later, from their beginning. */
const openStream = async (endpoint: string, streamArn: string) => {
  const client = new DynamoDBStreamsClient({ endpoint, ...localAws });
  const iterators = new Map<string, string | undefined>();
  const start = async (shardId: string, from: 'LATEST' | 'TRIM_HORIZON') => {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: from }),
    );
    iterators.set(shardId, ShardIterator);
  };
  const discover = async (from: 'LATEST' | 'TRIM_HORIZON') => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    for (const { ShardId = '' } of StreamDescription?.Shards ?? [])
      if (!iterators.has(ShardId)) await start(ShardId, from);
  };
  const readShard = async (shardId: string, iterator: string): Promise<StreamRecord[]> => {
    try {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      iterators.set(shardId, NextShardIterator);
      return Records;
    } catch (error) {
      if (!(error instanceof TrimmedDataAccessException || error instanceof ExpiredIteratorException)) throw error;
      await start(shardId, 'TRIM_HORIZON');
      return readShard(shardId, iterators.get(shardId) ?? '');
    }
  };

  await discover('LATEST');
  return {
    read: async (): Promise<StreamRecord[]> => {
      const records: StreamRecord[] = [];
      for (const [shardId, iterator] of iterators) if (iterator) records.push(...(await readShard(shardId, iterator)));
      if ([...iterators.values()].some((iterator) => !iterator)) await discover('TRIM_HORIZON');
      return records;
    },
    close: () => client.destroy(),
  };
};
