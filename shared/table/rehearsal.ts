import type { Services } from '../ports.ts';
import type { Table } from './table.ts';
import { keyId, mergeWrites, type Changes, type Item, type Key, type Write } from './write.ts';

type Places = Pick<Services, 'table' | 'tenantTable'>;

/**
 * Lets operations run without effect: their writes are kept in memory, where their later reads find them. So a dry run of several
 * changes decides each change after the earlier ones, by the same code as a real run. Queries return only what is stored, which is
 * enough for operations that compare the results with the items. Guards always hold, because nothing is written.
 *
 * @example
 * const own = body.dryRun ? { ...services, ...rehearsal(services) } : services;
 */
export const rehearsal = ({ table, tenantTable }: Places): Places => {
  const written = new Map<string, Write<unknown>[]>();
  const writesOf = (key: Key) => written.get(keyId(key)) ?? [];
  const rehearsed = (real: Table): Table => {
    const getEach = (keys: readonly Key[]) => {
      const stored = keys.filter((key) => !isReplaced(writesOf(key)));
      const read = new Map(real.getEach(stored).map((item, index) => [stored[index], item]));
      return keys.map(async (key) =>
        writesOf(key).reduce<Item | undefined>((item, each) => itemAfter(each, item), await read.get(key)),
      );
    };
    const batchGet = (keys: readonly Key[]) => Promise.all(getEach(keys));
    // Writes are applied only when their item is read, because a function may lack the permission to read an item that it writes.
    const write = async <F>(writes: readonly Write<F>[]) => {
      for (const each of writes)
        if (each.effect.kind !== 'none') written.set(keyId(each.key), [...writesOf(each.key), each]);
      return { ok: true } as const;
    };
    return {
      get: async (key) => (await batchGet([key]))[0],
      getEach,
      batchGet,
      query: (query) => real.query(query),
      count: (query) => real.count(query),
      transact: (writes) => write(mergeWrites(writes)),
      update: (each) => write([each]),
    };
  };
  return { table: rehearsed(table), tenantTable: (...tenants) => rehearsed(tenantTable(...tenants)) };
};

/** Whether the writes determine the whole item, so that the stored one need not be read. */
const isReplaced = (writes: readonly Write<unknown>[]): boolean =>
  writes.some(({ effect }) => effect.kind === 'put' || effect.kind === 'delete');

/** The item after a write. Undefined if it does not exist then. */
export const itemAfter = <F>({ key, effect }: Write<F>, before: Item | undefined): Item | undefined => {
  switch (effect.kind) {
    case 'none':
      return before;
    case 'put':
      return effect.item;
    case 'delete':
      return undefined;
    case 'update':
      return changed(before ?? { ...key }, effect.changes);
  }
};

const changed = (item: Item, { set, remove = [], add = {}, append = {} }: Changes): Item => {
  const after: Item = { ...item, ...set };
  for (const name of remove) delete after[name];
  for (const [name, amount] of Object.entries(add)) after[name] = Number(item[name] ?? 0) + amount;
  for (const [name, values] of Object.entries(append))
    after[name] = [...((item[name] as unknown[] | undefined) ?? []), ...values];
  return after;
};
