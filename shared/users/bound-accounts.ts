import { boundAccountsListedMax, wholePageItems } from '../limits.ts';
import type { Named } from '../named.ts';
import { partitions } from '../table/keys.ts';
import type { Query, Table } from '../table/table.ts';
import { findInviters } from './find-users.ts';
import { isActive } from './user.ts';

/** The list entries of an organization's service accounts. They store who bound each one. */
export const boundAccountsQuery = (organizationId: string): Query => ({
  pk: partitions.serviceAccounts(organizationId),
  limit: wholePageItems,
});

/**
 * The service accounts that a user bound, at most `boundAccountsListedMax`. A machine works for the organization and not for whoever
 * bound it, so it keeps its rights when that user loses theirs. It is only listed, so that a manager can decide. Those that
 * an earlier version of Roster bound are missing. One Query, and one BatchGet if there are any.
 */
export const findBoundAccounts = async (table: Table, organizationId: string, userId: string): Promise<Named[]> => {
  const { items } = await table.query(boundAccountsQuery(organizationId));
  const ids = items.filter(({ boundBy }) => boundBy === userId).map(({ sk }) => sk);
  const accounts = await findInviters(table, organizationId, ids.slice(0, boundAccountsListedMax));
  return [...accounts.values()].filter(isActive).map(({ id, name }) => ({ id, name }));
};
