import type { Table } from '../../shared/table/table.ts';
import type { Item } from '../../shared/table/write.ts';

export interface Cost {
  /** Requests to DynamoDB. */
  requests: number;
  /** The longest chain of requests of which each waited for the one before: what the caller waits for. */
  roundTrips: number;
  /** Items of transactions, conditions on other items among them. */
  written: number;
  readUnits: number;
  /** Of the table; its indexes cost extra. */
  writeUnits: number;
}

/** Wraps tables so that what is requested of them is counted. Units are computed from sizes, as DynamoDB charges them. */
export const meter = () => {
  const cost: Cost = { requests: 0, roundTrips: 0, written: 0, readUnits: 0, writeUnits: 0 };
  /** The longest chain among the requests that have been answered: a request that starts now waited for it. */
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
      transact: async (writes) => {
        const result = await request(() => table.transact(writes));
        const keys = [...new Map(writes.map(({ key }) => [`${key.pk}\n${key.sk}`, key])).values()];
        cost.written += keys.length;
        for (const item of await table.batchGet(keys))
          cost.writeUnits += 2 * Math.max(1, Math.ceil(sizeOf(item) / 1024));
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

/** DynamoDB's own: keys of a BatchGetItem. */
const keysPerBatchGet = 100;

/** Strongly consistent: one per 4 KB, at least one. */
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
