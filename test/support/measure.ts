import type { Table } from '../../shared/table/table.ts';
import type { Item } from '../../shared/table/write.ts';

export interface Cost {
  /** Requests to DynamoDB. */
  requests: number;
  /** The length of the longest chain of requests in which each waited for the one before. It decides how long the caller waits. */
  roundTrips: number;
  /** Items that are written, including those that a transaction only checks. */
  written: number;
  readUnits: number;
  /** Write units of the table. Those of its indexes are not included. */
  writeUnits: number;
}

/** Wraps tables to count their requests. Capacity units are computed from item sizes, those of writes from the sizes afterwards. */
export const meter = () => {
  const cost: Cost = { requests: 0, roundTrips: 0, written: 0, readUnits: 0, writeUnits: 0 };
  /** The length of the longest chain among the requests already answered. A request that starts now extends it by one. */
  let answered = 0;
  const request = async <T>(send: () => Promise<T>): Promise<T> => {
    const depth = answered + 1;
    cost.requests += 1;
    cost.roundTrips = Math.max(cost.roundTrips, depth);
    const answer = await send();
    answered = Math.max(answered, depth);
    return answer;
  };
  const measured = (table: Table): Table => {
    const getEach: Table['getEach'] = (keys) => {
      const items = table.getEach(keys);
      const distinct = new Set(keys.map(({ pk, sk }) => `${pk}\n${sk}`));
      const answer = request(() => Promise.all(items));
      cost.requests += Math.max(0, Math.ceil(distinct.size / keysPerBatchGet) - 1);
      return items.map(async (_, index) => {
        const item = (await answer)[index];
        cost.readUnits += readUnits(sizeOf(item));
        return item;
      });
    };
    return {
      get: async (key) => {
        const item = await request(() => table.get(key));
        cost.readUnits += readUnits(sizeOf(item));
        return item;
      },
      getEach,
      batchGet: (keys) => Promise.all(getEach(keys)),
      query: async (query) => {
        const page = await request(() => table.query(query));
        const units = readUnits(page.items.reduce((sum, item) => sum + sizeOf(item), 0));
        cost.readUnits += query.index ? units / 2 : units;
        return page;
      },
      count: async (query) => request(() => table.count(query)),
      transact: async (writes) => {
        const result = await request(() => table.transact(writes));
        const keys = [...new Map(writes.map(({ key }) => [`${key.pk}\n${key.sk}`, key])).values()];
        cost.written += keys.length;
        for (const item of await table.batchGet(keys))
          cost.writeUnits += 2 * Math.max(1, Math.ceil(sizeOf(item) / 1024));
        return result;
      },
      update: async (write) => {
        const result = await request(() => table.update(write));
        cost.written += 1;
        const item = await table.get(write.key);
        cost.writeUnits += Math.max(1, Math.ceil(sizeOf(item) / 1024));
        return result;
      },
    };
  };
  const reset = (): void => {
    Object.assign(cost, { requests: 0, roundTrips: 0, written: 0, readUnits: 0, writeUnits: 0 });
    answered = 0;
  };
  return { cost, measured, reset };
};

/** DynamoDB's limit of the keys in one BatchGetItem. */
const keysPerBatchGet = 100;

/** The units of a strongly consistent read: one per 4 KB, and at least one. */
const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4096));

/** An item's size in bytes, by DynamoDB's rules. */
const sizeOf = (item: Item | undefined): number =>
  item ? Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0) : 0;

const valueSize = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + 1 + valueSize(part), 3);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).reduce((sum, [name, part]) => sum + 1 + Buffer.byteLength(name) + valueSize(part), 3);
  return 1;
};
