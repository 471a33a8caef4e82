import type { Services } from '../../shared/ports.ts';
import type { Result } from '../../shared/result.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Key } from '../../shared/table/write.ts';
import { meeting, withoutGuards } from './guards.ts';
import { servicesOf } from './operations.ts';

/** How a race changes the table: not at all, or by removing the guard that decides the race. */
export type Change = (table: Table) => Table;

export const asItIs: Change = (table) => table;

export const without =
  (...failures: string[]): Change =>
  (table) =>
    withoutGuards(table, ...failures);

export type Run = (services: Services) => Promise<Result<unknown>>;

/** `done`, or the code of the failure. */
export const outcomeOf = (result: Result<unknown>): string => (result.ok ? 'done' : result.error.code);

/** Runs all requests at once and returns their outcomes. None writes before all have read. */
export const race = async (change: Change, organizationId: string, runs: Run[]): Promise<string[]> => {
  const meet = meeting(runs.length);
  const results = await Promise.all(runs.map((run) => run(servicesOf(organizationId, (table) => change(meet(table))))));
  return results.map(outcomeOf);
};

/** Makes a concurrent change happen after a request has read and before its first write. */
export const meanwhile = (happens: () => Promise<unknown>, change: Change = asItIs): Change => {
  let happening: Promise<unknown> | undefined;
  return (table) => ({
    ...table,
    transact: async (writes) => {
      await (happening ??= happens());
      return change(table).transact(writes);
    },
    update: async (write) => {
      await (happening ??= happens());
      return change(table).update(write);
    },
  });
};

/** Like `meanwhile`, but right before the nth write, counted from 1. `change` applies to that write only. */
export const beforeWrite = (nth: number, happens: () => Promise<unknown>, change: Change): Change => {
  let writes = 0;
  return (table) => ({
    ...table,
    transact: async (all) => {
      writes += 1;
      if (writes !== nth) return table.transact(all);
      await happens();
      return change(table).transact(all);
    },
  });
};

/** Makes a concurrent change happen right before a request first reads this item. */
export const beforeReading = ({ pk, sk }: Key, happens: () => Promise<unknown>): Change => {
  let happened = false;
  return (table) => ({
    ...table,
    getEach: (wanted) => {
      if (happened || !wanted.some((key) => key.pk === pk && key.sk === sk)) return table.getEach(wanted);
      happened = true;
      const items = happens().then(() => table.batchGet(wanted));
      return wanted.map(async (_, index) => (await items)[index]);
    },
  });
};

/** The number of requests in a race that succeeded. */
export const won = (outcomes: readonly string[]): number => outcomes.filter((outcome) => outcome === 'done').length;
