import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { localAws } from './table.ts';

/** Reads a stream from this moment on. Shards that open later are read from their beginning. */
export const openStream = async (endpoint: string, streamArn: string) => {
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
