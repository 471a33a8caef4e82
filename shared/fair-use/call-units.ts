import type { Input, Route, Units } from '../api/route.ts';
import { dryRunUnitsShare, listItemUnits, listUnits, ordinaryUnitsMax } from '../limits.ts';

const list: Units = { call: listUnits, item: listItemUnits };
const ordinary: Units = { call: ordinaryUnitsMax };

/** The estimated capacity units of a call, from its route and the number of items that it requests or names. */
export const callUnits = (row: Route, { query, body }: Pick<Input<Route>, 'query' | 'body'>): number => {
  const { limit, cursor: _, ...filters } = query as { limit?: number; cursor?: string };
  const { call, item = 0, filteredItem = item } = row.units ?? (limit === undefined ? ordinary : list);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const isDryRun = (body as { dryRun?: boolean } | undefined)?.dryRun === true;
  const items = (limit ?? itemsIn(body)) * (isDryRun ? dryRunUnitsShare : 1);
  return Math.ceil(call + items * (isFiltered ? filteredItem : item));
};

/** The length of the longest list in the body. */
const itemsIn = (body: unknown): number =>
  Math.max(0, ...Object.values(body ?? {}).map((value) => (Array.isArray(value) ? value.length : 0)));
