import { boundAccountsListedMax, wholePageItems } from '../limits.ts';
import type { Named } from '../named.ts';
import { partitions } from '../table/keys.ts';
import type { Query, Table } from '../table/table.ts';
import { findInviters } from './find-users.ts';
import { isActive } from './user.ts';

/** The list entries of an organization's service accounts. Each stores the user who bound it. */
export const boundAccountsQuery = (organizationId: string): Query => ({
  pk: partitions.serviceAccounts(organizationId),
  limit: wholePageItems,
});

/**
 * Lists the service accounts that a user bound, at most `boundAccountsListedMax`. A machine works for the organization, so it keeps
 * its rights when the user who bound it loses theirs. The list lets a manager decide. It lacks service accounts that were bound in
 * an earlier version of Roster. One Query, and one BatchGet if there are any.
 */
export const findBoundAccounts = async (table: Table, organizationId: string, userId: string): Promise<Named[]> => {
  const { items } = await table.query(boundAccountsQuery(organizationId));
  const ids = items.filter(({ boundBy }) => boundBy === userId).map(({ sk }) => sk);
  const accounts = await findInviters(table, organizationId, ids.slice(0, boundAccountsListedMax));
  return [...accounts.values()].filter(isActive).map(({ id, name }) => ({ id, name }));
};
