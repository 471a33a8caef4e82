import type * as z from 'zod';
import type { Named, NameOf } from '../named.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { roleView } from '../roles/role-schemas.ts';
import { isKnownAssignment, poolOf, type StoredAssignment } from '../roles/role.ts';
import type { userView as userSchema } from './user-routes.ts';
import type { UserSummary } from './user-row.ts';
import { accountStateOf, type User } from './user.ts';

/** The assignments in a response, with the names of pools. Those on deleted pools are left out, because they grant nothing. */
export const roleViews = (assignments: readonly StoredAssignment[], tree: PoolTree): z.input<typeof roleView>[] =>
  assignments.flatMap((assignment): z.input<typeof roleView>[] => {
    if (!isKnownAssignment(assignment)) return [{ role: assignment.stored }];
    const poolId = poolOf(assignment);
    if (poolId === undefined) return [{ role: assignment.role }];
    const pool = tree.get(poolId);
    return pool ? [{ role: assignment.role, poolId, poolName: pool.name }] : [];
  });

/** A user in a response, also from a list. `nameOf` finds the names of the successor and of the user who removed this user. */
export const userView = (
  user: User | (UserSummary & Partial<User>),
  tree: PoolTree,
  nameOf: NameOf = () => undefined,
): z.input<typeof userSchema> => ({
  id: user.id,
  email: user.email,
  name: user.name,
  status: user.status,
  account: accountStateOf(user),
  ...(user.emailConflict && { emailConflict: user.emailConflict }),
  roles: roleViews(user.assignments, tree),
  roleCount: 'roleCount' in user ? user.roleCount : user.assignments.length,
  joinedAt: user.joinedAt,
  ...(user.lastSeenAt && { lastSeenAt: user.lastSeenAt }),
  ...(user.invitedBy && { invitedBy: user.invitedBy }),
  takenOverFrom: user.takenOver,
  takenOverCount: 'takenOverCount' in user ? user.takenOverCount : user.takenOver.length,
  ...(user.removedAt && { removedAt: user.removedAt }),
  ...named('removedBy', user.removedBy, nameOf),
  ...(user.successorId && { successorId: user.successorId }),
  ...named('successor', user.successorId, nameOf),
  version: user.version,
});

const named = <F extends string>(field: F, id: string | undefined, nameOf: NameOf): { [Field in F]?: Named } => {
  const name = id === undefined ? undefined : nameOf(id);
  return (id !== undefined && name !== undefined ? { [field]: { id, name } } : {}) as { [Field in F]?: Named };
};
