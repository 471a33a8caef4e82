import type { QueryPage } from './table.ts';

/** Pages of several queries, newest first, as one page: their sort keys are ids that sort by time. */
export const mergeDescending = (pages: QueryPage[], limit: number): QueryPage => {
  const all = pages.flatMap(({ items }) => items).toSorted((a, b) => (a.sk < b.sk ? 1 : -1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const more = all.length > limit || pages.some(({ next }) => next !== undefined);
  return { items, ...(more && last && { next: last.sk }) };
};
