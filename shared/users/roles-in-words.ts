import type { PoolTree } from '../roles/pool-tree.ts';
import { roleName } from '../roles/role-name.ts';
import type { StoredAssignment } from '../roles/role.ts';
import { roleViews } from './user-view.ts';

/** "Manager of Web, Engineer in Data". */
export const rolesInWords = (assignments: readonly StoredAssignment[], tree: PoolTree): string =>
  roleViews(assignments, tree)
    .map(({ role, poolName }) => (poolName === undefined ? roleName(role) : `${roleName(role)} in ${poolName}`))
    .join(', ');
