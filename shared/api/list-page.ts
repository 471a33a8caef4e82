import { ok, type Result } from '../result.ts';
import type { Query, QueryPage, Table } from '../table/table.ts';
import { decodeCursor } from './cursor.ts';

/** The query parameters that every list accepts. */
interface Paging {
  limit: number;
  cursor?: string | undefined;
}

/** A page of a list, and the name of the list, to which the cursor is bound. */
export type ListPage = QueryPage & { list: string };

/**
 * Defines the one Query that reads a page of a list. `queries` declares the Query, so that it runs in parallel with the read of
 * the caller's rights; `read` returns its result. `list` names the route and its filters, `partition` the
 * partition to query, and where its first page starts.
 */
export const listPage = <Filters extends Paging>(
  list: string | ((query: Filters) => string),
  partition: (organizationId: string, query: Filters) => Omit<Query, 'limit'>,
) => {
  const nameOf = (query: Filters): string => (typeof list === 'string' ? list : list(query));
  const queryOf = (organizationId: string, query: Filters): Result<Query> => {
    const after = decodeCursor(nameOf(query), query.cursor);
    if (!after.ok) return after;
    return ok({
      ...partition(organizationId, query),
      limit: query.limit,
      ...(after.value !== undefined && { after: after.value }),
    });
  };
  return {
    queries: ({ organizationId, query }: { organizationId: string; query: Filters }): Query[] => {
      const wanted = queryOf(organizationId, query);
      return wanted.ok ? [wanted.value] : [];
    },
    read: async (table: Table, organizationId: string, query: Filters): Promise<Result<ListPage>> => {
      const wanted = queryOf(organizationId, query);
      return wanted.ok ? ok({ ...(await table.query(wanted.value)), list: nameOf(query) }) : wanted;
    },
  };
};
