import type { Table } from '../../shared/table/table.ts';
import type { Item } from '../../shared/table/write.ts';

export interface Cost {
  /** Requests to DynamoDB. */
  requests: number;
  /** Items of transactions, conditions on other items among them. */
  written: number;
  readUnits: number;
  /** Of the table; its indexes cost beside. */
  writeUnits: number;
}

/** Wraps tables so that what is asked of them is counted. Units are computed from sizes, as DynamoDB charges them. */
export const meter = () => {
  const cost: Cost = { requests: 0, written: 0, readUnits: 0, writeUnits: 0 };
  const measured = (table: Table): Table => ({
    get: async (key) => {
      const item = await table.get(key);
      cost.requests += 1;
      cost.readUnits += readUnits(sizeOf(item));
      return item;
    },
    batchGet: async (keys) => {
      const items = await table.batchGet(keys);
      cost.requests += Math.ceil(new Set(keys.map(({ pk, sk }) => `${pk}\n${sk}`)).size / 100);
      for (const item of items) cost.readUnits += readUnits(sizeOf(item));
      return items;
    },
    query: async (query) => {
      const page = await table.query(query);
      cost.requests += 1;
      const units = readUnits(page.items.reduce((sum, item) => sum + sizeOf(item), 0));
      cost.readUnits += query.index ? units / 2 : units;
      return page;
    },
    transact: async (writes) => {
      const result = await table.transact(writes);
      const keys = [...new Map(writes.map(({ key }) => [`${key.pk}\n${key.sk}`, key])).values()];
      cost.requests += 1;
      cost.written += keys.length;
      for (const item of await table.batchGet(keys)) cost.writeUnits += 2 * Math.max(1, Math.ceil(sizeOf(item) / 1024));
      return result;
    },
  });
  return { cost, measured };
};

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
