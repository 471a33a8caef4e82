import type { Table } from '../../shared/table/table.ts';
import type { Guard, Write } from '../../shared/table/write.ts';

/** The table as it would be if the operations lacked some guards. */
export const omitGuards = (
  table: Table,
  isOmitted: (write: Write<unknown>, guard: Guard<unknown>) => boolean,
): Table => {
  const omit = <F, W extends Write<F>>(write: W): W => ({
    ...write,
    guards: write.guards.filter((guard) => !isOmitted(write, guard)),
  });
  return {
    ...table,
    transact: (writes) =>
      table.transact(
        writes
          .map((write) => omit(write))
          // DynamoDB accepts no check without a condition, so a check that has lost its only guard is left out.
          .filter(({ effect, guards }) => effect.kind !== 'none' || guards.length > 0),
      ),
    update: (write) => table.update(omit(write)),
  };
};

/** The table as it would be if the operations lacked the guards that end in these failures. */
export const withoutGuards = (table: Table, ...failures: string[]): Table =>
  omitGuards(table, (_, { otherwise }) => failures.includes(String(otherwise)));

/** Lets nobody write before this many have come to do so: all of them have read what was before. */
export const meeting = (number: number) => {
  let arrived = 0;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  return (table: Table): Table => ({
    ...table,
    transact: async (writes) => {
      arrived += 1;
      if (arrived >= number) open();
      await all;
      return table.transact(writes);
    },
  });
};
