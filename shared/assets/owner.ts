import type { Table } from '../table/table.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** Who owns now what was last assigned to a holder. */
export type OwnerOf = (holderId: string) => Pick<User, 'id'>;

/** Circles that may be met in a row because records changed while they were read; a lasting one no write makes. */
const mostTurns = 5;

/** Of what is being assigned: the write sees to it that its holder is an active user. */
export const holderOwns: OwnerOf = (holderId) => ({ id: holderId });

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
  let turns = 0;
  while (unknown.size > 0) {
    const found = await findUsers(table, organizationId, unknown);
    for (const id of unknown) if (!found.has(id)) throw new Error(`A user record is missing: ${id}`);
    for (const [id, user] of found) known.set(id, user);
    const reached = holders.map((id) => follow(id, known));
    const turned = reached.includes(undefined);
    if (turned) known.clear();
    if (turned && (turns += 1) > mostTurns) throw new Error('Successors run in a circle');
    unknown = new Set(turned ? holders : reached.filter((each) => typeof each === 'string'));
  }
  return (holderId) => {
    const owner = follow(holderId, known);
    if (typeof owner !== 'object') throw new Error(`Nobody asked who owns what ${holderId} had`);
    return owner;
  };
};

/**
 * The owner, or the id of the user that has to be read to get on. A shortcut counts while its user holds the holder, also once
 * that user is gone: whoever took over from it has both. Undefined: the way leads in a circle, because records were read one
 * after another while people were restored and removed.
 */
const follow = (holderId: string, known: ReadonlyMap<string, User>): User | string | undefined => {
  const passed = new Set<string>();
  for (let id = holderId; !passed.has(id);) {
    passed.add(id);
    const user = known.get(id);
    if (!user) return id;
    if (isActive(user) || user.successorId === undefined) return user;
    const heir = known.get(user.heirId ?? user.successorId);
    if (!heir) return user.heirId ?? user.successorId;
    id = heir.holdings.includes(id) ? heir.id : user.successorId;
  }
  return undefined;
};
