import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { hidesAddresses, visibleName } from '../api/without-hidden.ts';
import { listPage, type ListPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { toPunycode } from '../domain-name.ts';
import { fail, failAt, ok, type Result } from '../result.ts';
import { isOnExistingPool, unknownPool } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { poolOf } from '../roles/role.ts';
import { sameValue } from '../same-value.ts';
import { idOfSortKey, indexAttributes, partitions, userByTime } from '../table/keys.ts';
import { mergeAscending } from '../table/merge-pages.ts';
import { entryVersion, tableSchema, timeListVersion } from '../table/schema.ts';
import type { Query, QueryPage, Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';
import { compareUtf8 } from '../text.ts';
import { findByName, isNameEntry } from './find-by-name.ts';
import { findRemovalNames, findUsers } from './find-users.ts';
import { domainOf, foldedText, rowKey, userEntries } from './user-entries.ts';
import { parseRow, summarize } from './user-row.ts';
import { userRoutes } from './user-routes.ts';
import { parseUserSearch } from './user-search.ts';
import { userView } from './user-view.ts';
import { isActive, type User } from './user.ts';

type Filters = Input<typeof userRoutes.listUsers>['query'];

/**
 * The status, the order or one of the filters selects the partition. The others are applied to the page that was read. The order
 * of the filters is that of how few users they usually leave: all users may be members, or share a domain.
 */
const partitionFor = (
  organizationId: string,
  query: Filters,
): { index?: 'gsi1'; pk: string; prefix: string; descending?: true } => {
  const { search, role, poolId, domain } = query;
  const newestFirst = { index: 'gsi1', prefix: '', descending: true } as const;
  if (query.status === 'removed') return { ...newestFirst, pk: partitions.usersByRemoval(organizationId) };
  if (query.sort === 'joined') return { ...newestFirst, pk: partitions.usersByJoining(organizationId) };
  const parsed = parseUserSearch(search ?? '');
  if (parsed) return { pk: partitions.search(organizationId), prefix: parsed.prefix };
  if (poolId !== undefined) return { pk: partitions.grants(organizationId, poolId), prefix: '' };
  if (role !== undefined && (role !== 'member' || domain === undefined))
    return { pk: partitions.role(organizationId, role), prefix: '' };
  if (domain !== undefined) return { pk: partitions.search(organizationId), prefix: domainPrefix(domain) };
  return { pk: partitions.users(organizationId), prefix: '' };
};

/** The name is unchanged for requests without the newer filters, so that cursors of earlier versions stay valid. */
const nameOf = ({ search, role, poolId, status = 'active', sort = 'name', domain }: Filters): string => {
  const newer = [status, sort, domain && normalizeDomain(domain)];
  const isOlder = status === 'active' && sort === 'name' && domain === undefined;
  return JSON.stringify(['users', foldedText(search ?? ''), role, poolId, ...(isOlder ? [] : newer)]);
};

const page = listPage(nameOf, partitionFor);

const renewalNeeded = 'The operators of this installation have to renew the lists of the organization.';

/** A page of the search entries of names, for callers from whom addresses are hidden. */
const nameEntries = async (
  table: Table,
  partition: Pick<Query, 'pk' | 'prefix'>,
  query: Filters,
): Promise<Result<ListPage>> => {
  const list = nameOf(query);
  const after = decodeCursor(list, query.cursor);
  if (!after.ok) return after;
  return ok({ ...(await findByName(table, partition, { limit: query.limit, after: after.value })), list });
};

const isByTime = ({ status, sort }: Filters): boolean => status === 'removed' || sort === 'joined';

export const listUsers = operation(
  userRoutes.listUsers,
  { queries: page.queries },
  async ({ table }, { actor, organization, query, tree: readTree }) => {
    const namesOnly = hidesAddresses(actor);
    if (namesOnly && query.domain !== undefined) return fail('addresses_hidden');
    const tree = await readTree();
    if (query.poolId !== undefined && !tree.get(query.poolId)) return unknownPool('?poolId');
    if (query.domain !== undefined && toPunycode(query.domain.trim()) === undefined)
      return failAt('?domain', 'invalid_request', 'It is not a domain.');
    if (query.status === 'removed' && query.sort !== undefined)
      return failAt('?sort', 'invalid_request', 'Removed users are listed by their removal, newest first.');
    if (isByTime(query) && organization.timeListVersion !== timeListVersion)
      return fail('list_incomplete', renewalNeeded);
    const complete = organization.entryVersion === entryVersion;
    const search = parseUserSearch(query.search ?? '');
    const { pk, prefix } = partitionFor(organization.id, query);
    const searchesNames = namesOnly && pk === partitions.search(organization.id);
    if (searchesNames && !complete) return fail('list_incomplete', renewalNeeded);
    const found = searchesNames
      ? await nameEntries(table, { pk, prefix }, query)
      : await page.read(table, organization.id, query);
    if (!found.ok) return found;
    const { list } = found.value;
    const { items: entries, next } = complete
      ? found.value
      : await withPrevious(table, organization.id, query, found.value);
    const prefixes = search && !complete ? [prefix, search.previousPrefix] : [prefix];
    const listed = entries.map((entry) => ({ entry, row: complete ? parseRow(entry) : undefined }));
    const users = await findUsers(
      table,
      organization.id,
      listed.flatMap(({ entry, row }) => (row ? [] : [idOf(entry)])),
    );
    const names = await findRemovalNames(table, organization.id, [...users.values()]);
    const items = listed.flatMap(({ entry, row }) => {
      if (row) return [userView(row, tree)];
      const user = users.get(idOf(entry));
      const isListed =
        user &&
        isActive(user) === (query.status !== 'removed') &&
        (isByTime(query)
          ? sameValue(indexed(entry), userByTime(organization.id, user))
          : entry.sk === firstEntry(organization.id, user, { pk, prefixes, namesOnly: searchesNames })) &&
        passes(user, query, tree) &&
        (!search || search.matches(namesOnly ? { name: visibleName(user.name), email: '' } : user));
      return isListed ? [userView(summarize(user), tree, names)] : [];
    });
    return ok({ items, ...encodeCursor(list, next) });
  },
);

/**
 * Adds the results of a search among the entries of the previous version, which an organization has until it is renewed. Positions
 * are sort keys in both versions, so a cursor stays valid when the organization is renewed.
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
const firstEntry = (
  organizationId: string,
  user: User,
  { pk, prefixes, namesOnly }: { pk: string; prefixes: string[]; namesOnly: boolean },
): string | undefined =>
  [rowKey(organizationId, user), ...userEntries(organizationId, user)]
    .filter((entry) => !namesOnly || isNameEntry(entry))
    .flatMap(({ pk: ofEntry, sk }) => (ofEntry === pk && prefixes.some((prefix) => sk.startsWith(prefix)) ? [sk] : []))
    .toSorted(compareUtf8)[0];

const indexed = (entry: Item) =>
  Object.fromEntries(indexAttributes('gsi1').map((attribute) => [attribute, String(entry[attribute])]));

/** The user of a list entry. An entry of the index of lists by time is the user's record, whose index key names them. */
const idOf = (entry: Item): string => {
  const byTime = entry[tableSchema.indexes.gsi1.sk];
  return idOfSortKey(typeof byTime === 'string' ? byTime : entry.sk);
};

/** The end of every email address of a domain, from its `@` on, in lower case and in punycode. */
const normalizeDomain = (domain: string): string => `@${toPunycode(domain.trim()) ?? domain}`;

/** The prefix of the entries of exactly this domain, with the tab that separates it from the user's id. */
const domainPrefix = (domain: string): string => `${foldedText(normalizeDomain(domain))}\t`;

/** Whether a user matches the filters. Roles on deleted pools do not match, because they are not displayed. */
const passes = ({ assignments, email }: User, { role, poolId, domain }: Filters, tree: PoolTree): boolean =>
  (domain === undefined || domainOf(email) === normalizeDomain(domain)) &&
  (role === undefined ||
    assignments.some((assignment) => assignment.role === role && isOnExistingPool(tree)(assignment))) &&
  (poolId === undefined || assignments.some((assignment) => poolOf(assignment) === poolId));
