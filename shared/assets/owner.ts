import type { Table } from '../table/table.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** Who owns now what was last assigned to a holder. */
export type OwnerOf = (holderId: string) => User;

/**
 * Who owns what was last assigned to these holders: each holder's successor's successor, up to the active one.
 * One request per 100 holders and step of the longest chain.
 */
export const findOwners = async (
  table: Table,
  organizationId: string,
  holderIds: Iterable<string>,
): Promise<OwnerOf> => {
  const known = new Map<string, User>();
  let wanted = [...new Set(holderIds)];
  while (wanted.length > 0) {
    for (const [id, user] of await findUsers(table, organizationId, wanted)) known.set(id, user);
    wanted = [...known.values()].flatMap(({ successorId }) =>
      successorId !== undefined && !known.has(successorId) ? [successorId] : [],
    );
  }
  const ownerOf: OwnerOf = (id) => {
    const user = known.get(id);
    if (!user) throw new Error(`A user record is missing: ${id}`);
    return isActive(user) || user.successorId === undefined ? user : ownerOf(user.successorId);
  };
  return ownerOf;
};
