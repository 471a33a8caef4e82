import type { PoolTree } from '../roles/pool-tree.ts';
import { roleDefinitions, type RoleAssignment } from '../roles/role.ts';
import { roleViews } from './user-view.ts';

/** "Manager of Web, Engineer in Data". */
export const rolesInWords = (assignments: readonly RoleAssignment[], tree: PoolTree): string =>
  roleViews(assignments, tree)
    .map(({ role, poolName }) =>
      poolName === undefined ? roleDefinitions[role].name : `${roleDefinitions[role].name} in ${poolName}`,
    )
    .join(', ');
