import type { Condition } from '../../shared/table/condition.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Guard, Key, Write } from '../../shared/table/write.ts';

/** The kind of item that a key leads to: `user`, `membership`, `invites`. */
const kindOf = ({ pk, sk }: Key): string => {
  const [root = '', kind] = pk.split('#');
  if (kind === 'person') return sk;
  if (kind === undefined) return root;
  return root.includes('_') ? kind : `${root} ${sk}`;
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
export const guardName = <F>({ key }: Pick<Write<F>, 'key'>, { when }: Guard<F>): string =>
  `${kindOf(key)}: ${describe(when)}`;

/** The table as it would be had the operation forgotten exactly this guard. */
export const withoutGuard =
  (name: string) =>
  (table: Table): Table => ({
    ...table,
    transact: (writes) =>
      table.transact(
        writes
          .map((write) => ({ ...write, guards: write.guards.filter((guard) => guardName(write, guard) !== name) }))
          // A check without a condition is nothing.
          .filter(({ effect, guards }) => effect.kind !== 'none' || guards.length > 0),
      ),
  });

/** Adds the names of all guards that writes carry. */
export const recordingGuards =
  (names: Set<string>) =>
  (table: Table): Table => ({
    ...table,
    transact: (writes) => {
      for (const write of writes) for (const guard of write.guards) names.add(guardName(write, guard));
      return table.transact(writes);
    },
  });
