import { pageItemsMax, queriesPerPageMax } from '../limits.ts';
import type { Query, QueryPage, Table } from '../table/table.ts';
import type { Item, Key } from '../table/write.ts';

/** Whether a search entry is that of a name. Names in entries are without punctuation, and every address has its `@`. */
export const isNameEntry = ({ sk }: Key): boolean => !sk.includes('@');

/**
 * Reads a page of search entries for a caller from whom addresses are hidden. Not even the presence of a next page depends on the
 * entries of addresses, because a caller could otherwise guess an address letter by letter. Usually one request. After
 * `queriesPerPageMax` requests the page ends early, which reveals no more than that the prefix has thousands of entries.
 */
export const findByName = async (
  table: Table,
  query: Pick<Query, 'pk' | 'prefix'>,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<QueryPage> => {
  const names: Item[] = [];
  let position = after;
  for (let requests = 0; requests < queriesPerPageMax; requests += 1) {
    const page = await table.query({
      ...query,
      limit: entriesPerRequest,
      ...(position !== undefined && { after: position }),
    });
    names.push(...page.items.filter(isNameEntry));
    const last = names.length > limit ? names[limit - 1] : undefined;
    if (last) return { items: names.slice(0, limit), next: last.sk };
    if (page.next === undefined) return { items: names };
    position = page.next;
  }
  return { items: names, ...(position !== undefined && { next: position }) };
};

/** A user has about as many entries by name as by address. */
const entriesPerRequest = 2 * pageItemsMax;
