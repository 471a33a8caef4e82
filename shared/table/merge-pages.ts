import { compareUtf8 } from '../text.ts';
import type { QueryPage } from './table.ts';
import { keyId, type Item } from './write.ts';

/** Merges pages of several queries into one page, newest first. Their sort keys are ids, which sort by time. */
export const mergeDescending = (pages: QueryPage[], limit: number): QueryPage =>
  merge(pages, limit, (a, b) => (a.sk < b.sk ? 1 : -1));

/** Merges pages of several queries of one partition into one page, in DynamoDB's order and without duplicates. */
export const mergeAscending = (pages: QueryPage[], limit: number): QueryPage =>
  merge(pages, limit, (a, b) => compareUtf8(a.sk, b.sk));

const merge = (pages: QueryPage[], limit: number, order: (a: Item, b: Item) => number): QueryPage => {
  const all = [...new Map(pages.flatMap(({ items }) => items).map((item) => [keyId(item), item])).values()].toSorted(
    order,
  );
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const more = all.length > limit || pages.some(({ next }) => next !== undefined);
  return { items, ...(more && last && { next: last.sk }) };
};
