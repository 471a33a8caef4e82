import { usersRenewedPerCall } from '../limits.ts';
import { readPools } from '../pools/read-pools.ts';
import { siblingsOfOneName } from '../pools/tree-rules.ts';
import { fail, ok, type Result } from '../result.ts';
import { buildPoolTree, pathText } from '../roles/pool-tree.ts';
import { sameValue } from '../same-value.ts';
import { absent, equal, present } from '../table/condition.ts';
import { idOfSortKey, keys, partitions } from '../table/keys.ts';
import { entryVersion, timeListVersion } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import { check, erase, guard, put, update, type Guard, type Item } from '../table/write.ts';
import { without } from '../users/change-entries.ts';
import { enterTimeLists } from '../users/enter-time-lists.ts';
import { findUser, findUsers } from '../users/find-users.ts';
import { entryItem, hasCurrentEntries, userEntries, withCurrentEntries } from '../users/user-entries.ts';
import { rowItem } from '../users/user-row.ts';
import { isActive, type User } from '../users/user.ts';
import type { OperatorAnswer, OperatorServices } from './operator.ts';

/**
 * Updates the rows and list entries of an organization's users to the current version (`entryVersion`), and adds its users,
 * including removed ones, to the lists by time (`timeListVersion`), one page of users per call. All removed users are found through
 * the holdings of active users. `after` is the `next` of the previous answer; the answer to the last page has none. What is up to
 * date is only read, so the work can be begun again at any time, and a call can be repeated.
 *
 * To be run once all functions are of the current version: an older one changes records without their rows. From the last page on,
 * lists trust the rows. The last answer also lists pools whose names have become equal to those of siblings.
 */
export const renewEntries = async (
  { tenantTable }: Pick<OperatorServices, 'tenantTable'>,
  { organizationId, after }: { organizationId: string; after?: string | undefined },
): Promise<Result<OperatorAnswer>> => {
  const table = tenantTable(organizationId);
  const page = await table.query({
    pk: partitions.users(organizationId),
    limit: usersRenewedPerCall,
    ...(after !== undefined && { after }),
  });
  const users = await findUsers(
    table,
    organizationId,
    page.items.map(({ sk }) => idOfSortKey(sk)),
  );
  const holdings = [...users.values()].flatMap((user) => user.holdings);
  await enterTimeLists(table, organizationId, [...new Set([...users.keys(), ...holdings])]);
  let renewed = 0;
  for (const row of page.items)
    if (await renewRow(table, organizationId, row, users.get(idOfSortKey(row.sk)))) renewed += 1;
  if (page.next !== undefined)
    return ok({ done: `Renewed ${renewed} of ${page.items.length} users.`, renewed, next: page.next });
  const finished = await table.transact([
    update(
      keys.organization(organizationId),
      { set: { entryVersion, timeListVersion } },
      guard(present('pk'), 'organization_not_found'),
    ),
  ]);
  if (!finished.ok) return fail('organization_not_found');
  const sharedNames = await poolsSharingNames(table, organizationId);
  return ok({
    done: `Renewed ${renewed} of ${page.items.length} users, the last of the organization.`,
    renewed,
    ...(sharedNames.length > 0 && { sharedNames }),
  });
};

/** Pools keep the names that earlier rules allowed. The operators learn of them, because only people can choose other names. */
const poolsSharingNames = async (table: Table, organizationId: string): Promise<string[]> => {
  const tree = buildPoolTree(await readPools(table, organizationId));
  return siblingsOfOneName(tree)
    .flat()
    .map(({ id }) => `${pathText(tree, id)} (${id})`);
};

/** Returns whether anything had to be written. Starts over with the current record while the user changes at the same time. */
const renewRow = async (table: Table, organizationId: string, row: Item, user: User | undefined): Promise<boolean> => {
  // A newer version of Roster, which runs at the same time, has written this row.
  if (!user || Number(row.ev) > entryVersion) return false;
  const renewed = withCurrentEntries(user);
  const wanted = rowItem(organizationId, renewed);
  if (isActive(user) && hasCurrentEntries(user) && sameValue(row, wanted)) return false;
  const entries = userEntries(organizationId, renewed);
  // Written in advance, because not all fit one transaction. An entry is ignored until the record refers to it.
  if (isActive(user)) await table.transact(entries.map((key) => put(entryItem(key, user))));
  const record = keys.user(organizationId, user.id);
  const written = await table.transact(
    isActive(user)
      ? [
          update(record, { set: withCurrentEntries({}) }, ...unchanged(user)),
          put(wanted),
          ...without([row, ...userEntries(organizationId, user)], [wanted, ...entries]).map((key) => erase(key)),
        ]
      : [check(record, ...unchanged(user)), erase(row)],
  );
  if (written.ok) return true;
  const current = await findUser(table, organizationId, user.id);
  const stored = await table.get(row);
  return stored ? renewRow(table, organizationId, stored, current) : true;
};

const unchanged = ({ version, lastSeenAt }: User): Guard<'changed'>[] => [
  guard(equal('version', version), 'changed'),
  guard(lastSeenAt === undefined ? absent('lastSeenAt') : equal('lastSeenAt', lastSeenAt), 'changed'),
];
