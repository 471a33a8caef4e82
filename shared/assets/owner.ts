import { StaleRead } from '../stale-read.ts';
import type { Table } from '../table/table.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** Who owns now what was last assigned to a holder. */
export type OwnerOf = (holderId: string) => Pick<User, 'id'>;

/** Of what is being assigned: the write sees to it that its holder is an active user. */
export const holderOwns: OwnerOf = (holderId) => ({ id: holderId });

/**
 * Who owns what was last assigned to these holders: the user whose holdings include them. One request per 100 holders, and
 * one more where some were removed; another for each step of a chain that was not shortened yet. Throws `StaleRead` when a
 * torn read shows a cycle of successors: no write creates a real one.
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
 * The owner, or the id of the user that has to be read next. The shortcut (`heirId`) counts while its user's holdings include
 * the holder, even after that user was removed: whoever took over from that user holds both. Undefined: the chain is a cycle,
 * because its records were read one after another while people were removed and restored.
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
