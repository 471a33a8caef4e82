import { usersRenewedPerCall } from '../limits.ts';
import { readPools } from '../pools/read-pools.ts';
import { siblingsOfOneName } from '../pools/tree-rules.ts';
import { fail, ok, type Result } from '../result.ts';
import { buildPoolTree, pathText } from '../roles/pool-tree.ts';
import { sameValue } from '../same-value.ts';
import { absent, equal, present } from '../table/condition.ts';
import { idOfSortKey, keys, partitions } from '../table/keys.ts';
import { entryVersion } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import { check, erase, guard, put, update, type Guard, type Item } from '../table/write.ts';
import { findUser, findUsers } from '../users/find-users.ts';
import { entryItem, rowKey, userEntries } from '../users/user-entries.ts';
import { parseRow, rowItem } from '../users/user-row.ts';
import { isActive, type User } from '../users/user.ts';
import type { OperatorAnswer, OperatorServices } from './operator.ts';

/**
 * Brings rows and list entries of an organization's users to the current version (`entryVersion`), one page of users per call.
 * `after` is the `next` of the previous answer; the answer to the last page has none. What is up to date is only read, so the
 * work can be begun again at any time, and a call can be repeated.
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
  let renewed = 0;
  for (const row of page.items)
    if (await renewRow(table, organizationId, row, users.get(idOfSortKey(row.sk)))) renewed += 1;
  if (page.next !== undefined)
    return ok({ done: `Renewed ${renewed} of ${page.items.length} users.`, renewed, next: page.next });
  const finished = await table.transact([
    update(
      keys.organization(organizationId),
      { set: { entryVersion } },
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
  // A newer version, which runs at the same time, has written this row.
  if (!user || Number(row.ev) > entryVersion) return false;
  const isListed = isActive(user) && row.sk === rowKey(organizationId, user).sk;
  const wanted = rowItem(organizationId, user);
  if (isListed && sameValue(row, wanted)) return false;
  const entries = parseRow(row) ? [] : userEntries(organizationId, user).map((key) => put(entryItem(key, user)));
  const written = await table.transact([
    check(keys.user(organizationId, user.id), ...unchanged(user)),
    ...(isListed ? [put(wanted), ...entries] : [erase(row)]),
  ]);
  if (written.ok) return true;
  const current = await findUser(table, organizationId, user.id);
  const stored = await table.get(row);
  return stored ? renewRow(table, organizationId, stored, current) : true;
};

const unchanged = ({ version, lastSeenAt }: User): Guard<'changed'>[] => [
  guard(equal('version', version), 'changed'),
  guard(lastSeenAt === undefined ? absent('lastSeenAt') : equal('lastSeenAt', lastSeenAt), 'changed'),
];
