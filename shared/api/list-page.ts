import { ok, type Result } from '../result.ts';
import type { Query, QueryPage, Table } from '../table/table.ts';
import { decodeCursor } from './cursor.ts';

/** What every list is asked for. */
interface Paging {
  limit: number;
  cursor?: string | undefined;
}

/** A page, and the list that its cursor is bound to. */
export type ListPage = QueryPage & { list: string };

/**
 * The one Query of a list's page: the same one is declared, to run in parallel with the caller's rights, and read.
 * `list` names the route and its filters; `partition` says where the list is.
 */
export const listPage = <Filters extends Paging>(
  list: string | ((query: Filters) => string),
  partition: (organizationId: string, query: Filters) => Omit<Query, 'limit' | 'after'>,
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
