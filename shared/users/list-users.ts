import { addressSearch, type AddressSearch } from '../address-search.ts';
import { encodeCursor } from '../api/cursor.ts';
import { listPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { ok } from '../result.ts';
import { withoutHiddenCharacters } from '../pasted-text.ts';
import { unknownPool } from '../roles/known-pools.ts';
import { poolOf } from '../roles/role.ts';
import { idOfSortKey, partitions } from '../table/keys.ts';
import { entryVersion } from '../table/schema.ts';
import { compareUtf8 } from '../text.ts';
import { findUsers } from './find-users.ts';
import { rowKey, searchText, userEntries } from './user-entries.ts';
import { parseRow, summarize } from './user-row.ts';
import { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';
import { isActive, type User } from './user.ts';

type Filters = Input<typeof userRoutes.listUsers>['query'];

/** A domain in Unicode is searched for as an address. The names that mails and lists shorten end with an ellipsis. */
const searchOf = ({ search = '' }: Filters): AddressSearch => {
  const text = withoutHiddenCharacters(search).replace(/…$/u, '');
  const { prefix, finds } = /^\S+@\S*\P{ASCII}/u.test(text) ? addressSearch(text) : { prefix: text, finds: () => true };
  return { prefix: searchText(prefix), finds };
};

/** One of the filters selects the partition. The others are applied to the page that was read. */
const partitionFor = (organizationId: string, filters: Filters): { pk: string; prefix: string } => {
  const { role, poolId } = filters;
  const { prefix } = searchOf(filters);
  if (prefix) return { pk: partitions.search(organizationId), prefix };
  if (poolId !== undefined) return { pk: partitions.grants(organizationId, poolId), prefix: '' };
  if (role !== undefined) return { pk: partitions.role(organizationId, role), prefix: '' };
  return { pk: partitions.users(organizationId), prefix: '' };
};

const page = listPage(
  ({ search, role, poolId }: Filters) => JSON.stringify(['users', searchText(search ?? ''), role, poolId]),
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
    const { items: entries, list, next } = found.value;
    const { pk, prefix } = partitionFor(organization.id, query);
    const complete = organization.entryVersion === entryVersion;
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
        user && isActive(user) && entry.sk === firstEntry(organization.id, user, pk, prefix) && passes(user, query);
      return isListed ? [userView(summarize(user), tree)] : [];
    });
    return ok({ items, ...encodeCursor(list, next) });
  },
);

/** The entry at which a user is listed: the first matching one, so that nobody appears twice. Outdated entries of a user list nobody. */
const firstEntry = (organizationId: string, user: User, pk: string, prefix: string): string | undefined =>
  [rowKey(organizationId, user), ...userEntries(organizationId, user)]
    .flatMap((entry) => (entry.pk === pk && entry.sk.startsWith(prefix) ? [entry.sk] : []))
    .toSorted(compareUtf8)[0];

const passes = ({ assignments, email }: User, filters: Filters): boolean => {
  const { role, poolId } = filters;
  return (
    searchOf(filters).finds(email) &&
    (role === undefined || assignments.some((assignment) => assignment.role === role)) &&
    (poolId === undefined || assignments.some((assignment) => poolOf(assignment) === poolId))
  );
};
