import type { Condition } from '../../shared/table/condition.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Guard, Key, Write } from '../../shared/table/write.ts';

/** What particular items are called in place of their kind, by partition key: `successor`, where two users are written. */
export type ItemNames = Readonly<Record<string, string>>;

/** The kind of item that a key leads to: `user`, `membership`, `invites`; in a platform partition also which: `account claim`. */
const kindOf = ({ pk, sk }: Key): string => {
  const [root = '', kind] = pk.split('#');
  if (kind === 'person') return sk;
  if (kind === undefined) return root;
  if (root.includes('_')) return kind;
  const [item = ''] = sk.split('#');
  // Days and minutes differ from run to run.
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

/** What a guard is called in the table of guards: `user: version =`. Values are left out: they differ from call to call. */
export const guardName = <F>({ key }: Pick<Write<F>, 'key'>, { when }: Guard<F>, names: ItemNames = {}): string =>
  `${names[key.pk] ?? kindOf(key)}: ${describe(when)}`;

/** The table as it would be had the operation forgotten exactly this guard. */
export const withoutGuard =
  (name: string, names?: ItemNames) =>
  (table: Table): Table => ({
    ...table,
    transact: (writes) =>
      table.transact(
        writes
          .map((write) => ({
            ...write,
            guards: write.guards.filter((guard) => guardName(write, guard, names) !== name),
          }))
          // A check without a condition is nothing.
          .filter(({ effect, guards }) => effect.kind !== 'none' || guards.length > 0),
      ),
  });

/** Adds the names of all guards that writes carry. */
export const recordingGuards =
  (carried: Set<string>, names?: ItemNames) =>
  (table: Table): Table => ({
    ...table,
    transact: (writes) => {
      for (const write of writes) for (const guard of write.guards) carried.add(guardName(write, guard, names));
      return table.transact(writes);
    },
  });
