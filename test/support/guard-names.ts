import type { Condition } from '../../shared/table/condition.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Guard, Key, Write } from '../../shared/table/write.ts';
import { omitGuards } from './guards.ts';

/** Names that replace the kind of an item, by partition key, or by partition key and sort key. Example: `successor`, in an operation that writes two users. */
export type ItemNames = Readonly<Record<string, string>>;

/** The kind of the item with this key: `user`, `membership`, `invites`. For platform items, the partition comes first: `account claim`. */
const kindOf = ({ pk, sk }: Key): string => {
  const [root = '', kind] = pk.split('#');
  if (kind === 'person') return sk;
  if (kind === undefined) return root;
  if (root.includes('_')) return kind;
  const [item = ''] = sk.split('#');
  // Sort keys that are a day or a minute are left out, because they differ from run to run.
  return /^[a-z]+$/.test(item) ? `${root} ${item}` : root;
};

const describe = (condition: Condition): string => {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.conditions.map(describe).join(` ${condition.op} `);
    case 'absent':
      return `no ${condition.attribute === 'pk' ? 'item' : condition.attribute}`;
    case 'present':
      return `has ${condition.attribute === 'pk' ? 'item' : condition.attribute}`;
    case 'contains':
      return `${condition.attribute} include`;
    default:
      return `${condition.attribute} ${condition.op}`;
  }
};

/** The name of a guard in the table of guards: `user: version =`. Values are left out, because they differ from call to call. */
export const guardName = <F>({ key }: Pick<Write<F>, 'key'>, { when }: Guard<F>, names: ItemNames = {}): string =>
  `${names[`${key.pk} ${key.sk}`] ?? names[key.pk] ?? kindOf(key)}: ${describe(when)}`;

/** Removes exactly this guard from every write, as if the operation had forgotten it. */
export const withoutGuard =
  (name: string, names?: ItemNames) =>
  (table: Table): Table =>
    omitGuards(table, (write, guard) => guardName(write, guard, names) === name);

/** Adds the names of all guards in the table's writes to `carried`. */
export const recordingGuards =
  (carried: Set<string>, names?: ItemNames) =>
  (table: Table): Table => {
    const record = <F>(write: Write<F>): void => {
      for (const guard of write.guards) carried.add(guardName(write, guard, names));
    };
    return {
      ...table,
      transact: (writes) => {
        for (const write of writes) record(write);
        return table.transact(writes);
      },
      update: (write) => {
        record(write);
        return table.update(write);
      },
    };
  };
