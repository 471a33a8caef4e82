import type { Table } from '../table/table.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** Who owns now what was last assigned to a holder. */
export type OwnerOf = (holderId: string) => User;

/**
 * Who owns what was last assigned to these holders: the user whose holdings include them. One request per 100 holders, and
 * one more where some were removed; another for each step of a chain that was not shortened yet.
 */
export const findOwners = async (
  table: Table,
  organizationId: string,
  holderIds: Iterable<string>,
): Promise<OwnerOf> => {
  const holders = [...new Set(holderIds)];
  const known = new Map<string, User>();
  let unknown = new Set(holders);
  while (unknown.size > 0) {
    const found = await findUsers(table, organizationId, unknown);
    for (const id of unknown) if (!found.has(id)) throw new Error(`A user record is missing: ${id}`);
    for (const [id, user] of found) known.set(id, user);
    unknown = new Set(holders.map((id) => follow(id, known)).filter((reached) => typeof reached === 'string'));
  }
  return (holderId) => {
    const owner = follow(holderId, known);
    if (typeof owner === 'string') throw new Error(`Nobody asked who owns what ${holderId} had`);
    return owner;
  };
};

/** The owner, or the id of the user that has to be read to get on. A shortcut counts while its user holds the holder. */
const follow = (holderId: string, known: ReadonlyMap<string, User>): User | string => {
  const user = known.get(holderId);
  if (!user) return holderId;
  if (isActive(user) || user.successorId === undefined) return user;
  if (user.heirId === undefined) return follow(user.successorId, known);
  const heir = known.get(user.heirId);
  if (!heir) return user.heirId;
  return isActive(heir) && heir.holdings.includes(holderId) ? heir : follow(user.successorId, known);
};
