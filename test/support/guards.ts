import type { Table } from '../../shared/table/table.ts';

/** The table as it would be had the operations forgotten a guard: conditions that end in these failures are left out. */
export const withoutGuards = (table: Table, ...failures: string[]): Table => ({
  ...table,
  transact: (writes) =>
    table.transact(
      writes
        .map((write) => ({
          ...write,
          guards: write.guards.filter(({ otherwise }) => !failures.includes(String(otherwise))),
        }))
        // A check without a condition is nothing.
        .filter(({ effect, guards }) => effect.kind !== 'none' || guards.length > 0),
    ),
});

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
