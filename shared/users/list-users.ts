import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { listPage, type ListPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { ok } from '../result.ts';
import { unknownPool } from '../roles/known-pools.ts';
import { poolOf } from '../roles/role.ts';
import { idOfSortKey, partitions } from '../table/keys.ts';
import { mergeAscending } from '../table/merge-pages.ts';
import { entryVersion } from '../table/schema.ts';
import type { QueryPage, Table } from '../table/table.ts';
import { compareUtf8 } from '../text.ts';
import { findUsers } from './find-users.ts';
import { foldedText, rowKey, userEntries } from './user-entries.ts';
import { parseRow, summarize } from './user-row.ts';
import { userRoutes } from './user-routes.ts';
import { parseUserSearch } from './user-search.ts';
import { userView } from './user-view.ts';
import { isActive, type User } from './user.ts';

type Filters = Input<typeof userRoutes.listUsers>['query'];

/** One of the filters selects the partition. The others are applied to the page that was read. */
const partitionFor = (organizationId: string, { search, role, poolId }: Filters): { pk: string; prefix: string } => {
  const parsed = parseUserSearch(search ?? '');
  if (parsed) return { pk: partitions.search(organizationId), prefix: parsed.prefix };
  if (poolId !== undefined) return { pk: partitions.grants(organizationId, poolId), prefix: '' };
  if (role !== undefined) return { pk: partitions.role(organizationId, role), prefix: '' };
  return { pk: partitions.users(organizationId), prefix: '' };
};

const page = listPage(
  ({ search, role, poolId }: Filters) => JSON.stringify(['users', foldedText(search ?? ''), role, poolId]),
  partitionFor,
);

export const listUsers = operation(
  userRoutes.listUsers,
  { queries: page.queries },
  async ({ table }, { organization, query, tree: readTree }) => {
    const tree = await readTree();
    if (query.poolId !== undefined && !tree.get(query.poolId)) return unknownPool('?poolId');
    const found = await page.read(table, organization.id, query);
    if (!found.ok) return found;
    const complete = organization.entryVersion === entryVersion;
    const { list } = found.value;
    const { items: entries, next } = complete
      ? found.value
      : await withPrevious(table, organization.id, query, found.value);
    const search = parseUserSearch(query.search ?? '');
    const { pk, prefix } = partitionFor(organization.id, query);
    const prefixes = search && !complete ? [prefix, search.previousPrefix] : [prefix];
    const listed = entries.map((entry) => ({ entry, row: complete ? parseRow(entry) : undefined }));
    const users = await findUsers(
      table,
      organization.id,
      listed.flatMap(({ entry, row }) => (row ? [] : [idOfSortKey(entry.sk)])),
    );
    const items = listed.flatMap(({ entry, row }) => {
      if (row) return [userView(row, tree)];
      const user = users.get(idOfSortKey(entry.sk));
      const isListed =
        user &&
        isActive(user) &&
        entry.sk === firstEntry(organization.id, user, pk, prefixes) &&
        passes(user, query) &&
        (!search || search.matches(user));
      return isListed ? [userView(summarize(user), tree)] : [];
    });
    return ok({ items, ...encodeCursor(list, next) });
  },
);

/**
 * Adds what a search finds among entries of the previous version, which an organization has until it is renewed. Positions are
 * sort keys in either case, so a cursor stays valid when the organization is renewed.
 */
const withPrevious = async (
  table: Table,
  organizationId: string,
  { search: typed, cursor, limit }: Filters,
  { list, ...current }: ListPage,
): Promise<QueryPage> => {
  const search = parseUserSearch(typed ?? '');
  const after = decodeCursor(list, cursor);
  if (!search || !after.ok || search.previousPrefix.startsWith(search.prefix)) return current;
  const pageOf = (prefix: string): QueryPage | Promise<QueryPage> => {
    const query = { pk: partitions.search(organizationId), prefix, limit };
    if (after.value === undefined || compareUtf8(after.value, prefix) < 0) return table.query(query);
    return after.value.startsWith(prefix) ? table.query({ ...query, after: after.value }) : { items: [] };
  };
  return mergeAscending(await Promise.all([pageOf(search.prefix), pageOf(search.previousPrefix)]), limit);
};

/** The entry at which a user is listed: the first matching one, so that nobody appears twice. Outdated entries of a user list nobody. */
const firstEntry = (organizationId: string, user: User, pk: string, prefixes: string[]): string | undefined =>
  [rowKey(organizationId, user), ...userEntries(organizationId, user)]
    .flatMap(({ pk: ofEntry, sk }) => (ofEntry === pk && prefixes.some((prefix) => sk.startsWith(prefix)) ? [sk] : []))
    .toSorted(compareUtf8)[0];

const passes = ({ assignments }: User, { role, poolId }: Filters): boolean =>
  (role === undefined || assignments.some((assignment) => assignment.role === role)) &&
  (poolId === undefined || assignments.some((assignment) => poolOf(assignment) === poolId));
