import type { Named } from '../named.ts';
import { StaleRead } from '../stale-read.ts';
import type { Table } from '../table/table.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** Finds the current owner of the assets that were last assigned to a holder. */
export type OwnerOf = (holderId: string) => Named;

/**
 * Finds the owners of the assets that were last assigned to these holders: the users whose holdings include them. Costs one
 * request per 100 holders, one more if some of them were removed, and one for each step of a chain of successors that has no
 * shortcut yet. Throws `StaleRead` when a torn read shows a cycle of successors. No write creates a real one.
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
    const reached = holders.map((id) => follow(id, known));
    if (reached.includes(undefined)) throw new StaleRead('A torn read shows a cycle of successors');
    unknown = new Set(reached.filter((each) => typeof each === 'string'));
  }
  return (holderId) => {
    const owner = follow(holderId, known);
    if (typeof owner !== 'object') throw new Error(`Nobody asked who owns what ${holderId} had`);
    return owner;
  };
};

/**
 * Returns the owner, or the id of the user to read next. A shortcut (`heirId`) is valid while the holdings of its user include
 * the holder, even if that user was removed, because the successor then took over the holdings of both. Returns undefined for a
 * cycle: the records of the chain were read one after another while users were removed and restored.
 */
const follow = (holderId: string, known: ReadonlyMap<string, User>): User | string | undefined => {
  const passed = new Set<string>();
  for (let id = holderId; !passed.has(id);) {
    passed.add(id);
    const user = known.get(id);
    if (!user) return id;
    if (isActive(user) || user.successorId === undefined) return user;
    const shortcut = known.get(user.heirId ?? user.successorId);
    if (!shortcut) return user.heirId ?? user.successorId;
    id = shortcut.holdings.includes(id) ? shortcut.id : user.successorId;
  }
  return undefined;
};
