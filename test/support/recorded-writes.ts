/** Runs operations on a few items in memory, to count the items that their transactions write. All guards are assumed to hold. */
import { systemSecrets } from '../../functions/adapters/system.ts';
import type { Input, Operation, Route } from '../../shared/api/route.ts';
import type { Services } from '../../shared/ports.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import type { Pool } from '../../shared/pools/pool.ts';
import type { Table } from '../../shared/table/table.ts';
import { mergeWrites, type Item, type Key } from '../../shared/table/write.ts';
import { clockAt } from './clock.ts';
import { unlimitedBuckets } from './unlimited-buckets.ts';

export const now = '2026-11-23T12:00:00.000Z';

const idOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** A table in memory that contains these items and records the number of items of each transaction. */
export const recordingTable = (items: readonly Item[]): { table: Table; transactions: number[] } => {
  const stored = new Map(items.map((item) => [idOf(item), item]));
  const transactions: number[] = [];
  const find = (keys: readonly Key[]) => keys.map(async (key) => stored.get(idOf(key)));
  const table: Table = {
    get: async (key) => stored.get(idOf(key)),
    getEach: find,
    batchGet: (keys) => Promise.all(find(keys)),
    query: async () => ({ items: [] }),
    count: async () => ({ count: 0 }),
    transact: async (writes) => {
      transactions.push(mergeWrites(writes).length);
      return { ok: true };
    },
    update: async () => ({ ok: true }),
  };
  return { table, transactions };
};

/** The services of a request, with a recording table and the pools of an organization. */
export const recordingServices = (table: Table, pools: readonly Pool[]): Services => {
  let ids = 0;
  const tree = buildPoolTree(pools);
  return {
    table,
    tenantTable: () => table,
    personTable: () => table,
    poolTree: async () => tree,
    rememberedPools: () => tree,
    admitted: { has: () => true, add: () => undefined, remove: () => undefined },
    buckets: unlimitedBuckets,
    clock: clockAt(() => now),
    ids: { next: (kind) => longId(kind, (ids += 1)) },
    secrets: {
      random: () => 's'.repeat(43),
      hash: systemSecrets.hash,
      seal: systemSecrets.seal,
      open: systemSecrets.open,
    },
    directory: { findByPersonId: async () => ({ enabled: true }) } as unknown as Services['directory'],
    settings: {
      baseUrl: 'https://roster.example',
      inviteSubject: '',
      inviteQuota: 10_000,
      inviteQuotaStart: 10_000,
      requestsPerSource: 100,
    },
  };
};

/** An id as long as those of the application: a kind and 26 characters. */
export const longId = (kind: string, number = 0): string => `${kind}_${String(number).padStart(26, '0')}`;

/** The number of items in the largest transaction of an operation. Throws if the operation fails. */
export const itemsWritten = async <R extends Route>(
  operation: Operation<R>,
  input: Omit<Input<R>, 'idempotency' | 'ifMatch'>,
  { items, pools, personId }: { items: readonly Item[]; pools: readonly Pool[]; personId: string },
): Promise<number> => {
  const { table, transactions } = recordingTable(items);
  const idempotency = { request: 'request', bodyHash: 'body' };
  const result = await operation(recordingServices(table, pools))(
    { personId, requestId: 'request' },
    {
      ...input,
      idempotency,
    },
  );
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail ?? ''}`);
  return Math.max(...transactions);
};
