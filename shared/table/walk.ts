import { queriesPerPageMax } from '../limits.ts';
import type { Query, Table } from './table.ts';
import type { Item } from './write.ts';

/** A partition, or the part of it with one prefix, of a list that spans several partitions. */
export interface Stretch {
  /** Identifies the stretch in cursors, and determines its position in the list. */
  id: string;
  query: Pick<Query, 'index' | 'pk' | 'prefix'>;
}

interface Paging {
  limit: number;
  after: string | undefined;
}

export interface Walked {
  /** The items, each with the id of its stretch. */
  items: { stretch: string; item: Item }[];
  next?: string;
}

/**
 * Reads a page of a list that spans several partitions, in the order of the ids of their stretches. A position contains the id of
 * its stretch, so stretches can be added and removed between pages. One request if the first stretch fills the page.
 */
export const walk = async (table: Table, stretches: readonly Stretch[], { limit, after }: Paging): Promise<Walked> => {
  const items: Walked['items'] = [];
  for (const [requests, { id, query }] of aheadOf(stretches, after).entries()) {
    if (items.length === limit || requests === queriesPerPageMax) return { items, next: `${id}\t` };
    const page = await table.query({ ...query, limit: limit - items.length });
    items.push(...page.items.map((item) => ({ stretch: id, item })));
    if (page.next !== undefined) return { items, next: `${id}\t${page.next}` };
  }
  return { items };
};

/** The first Query of a walk, for an operation that declares it, so that it runs in parallel with the read of the rights. */
export const firstQuery = (stretches: readonly Stretch[], { limit, after }: Paging): Query[] =>
  aheadOf(stretches, after)
    .slice(0, 1)
    .map(({ query }) => ({ ...query, limit }));

/** The stretches from the position on, in their order. The first one may start in the middle. */
const aheadOf = (stretches: readonly Stretch[], after: string | undefined) => {
  const [from, position] = parsePosition(after);
  return stretches
    .filter(({ id }) => id >= from)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, query }) => ({ id, query: { ...query, ...(id === from && position && { after: position }) } }));
};

const parsePosition = (after = ''): [stretch: string, position: string] => {
  const end = after.indexOf('\t');
  return end < 0 ? ['', ''] : [after.slice(0, end), after.slice(end + 1)];
};
