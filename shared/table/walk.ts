import { queriesPerPageMax } from '../limits.ts';
import type { Query, Table } from './table.ts';
import type { Item } from './write.ts';

/** A partition, or the part of it that begins alike, of a list that goes over several. */
export interface Stretch {
  /** Names it in cursors, and gives it its place in the list. */
  id: string;
  query: Pick<Query, 'index' | 'pk' | 'prefix'>;
}

export interface Walked {
  /** With the id of the stretch that each was found in. */
  items: { stretch: string; item: Item }[];
  next?: string;
}

/**
 * A page of a list that goes over several partitions, in the order of their ids. A position names the stretch it lies in, so
 * stretches may come and go between pages. One request where the first stretch fills the page.
 */
export const walk = async (
  table: Table,
  stretches: readonly Stretch[],
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Walked> => {
  const [from, position] = parsePosition(after);
  const ahead = stretches.filter(({ id }) => id >= from).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const items: Walked['items'] = [];
  for (const [requests, { id, query }] of ahead.entries()) {
    if (items.length === limit || requests === queriesPerPageMax) return { items, next: `${id}\t` };
    const page = await table.query({
      ...query,
      limit: limit - items.length,
      ...(id === from && position && { after: position }),
    });
    items.push(...page.items.map((item) => ({ stretch: id, item })));
    if (page.next !== undefined) return { items, next: `${id}\t${page.next}` };
  }
  return { items };
};

const parsePosition = (after = ''): [stretch: string, position: string] => {
  const end = after.indexOf('\t');
  return end < 0 ? ['', ''] : [after.slice(0, end), after.slice(end + 1)];
};
