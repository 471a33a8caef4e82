import type { Role } from './role.ts';

/**
 * The reach of a role's right to an action. `anywhere`: the whole organization. `scope`: the assigned pool and its sub-pools.
 * `below`: only the sub-pools of the assigned pool. `own`: the person's own resources in the assigned pool and its sub-pools. A
 * role on the organization counts as a role on the root pool.
 */
export const reaches = ['anywhere', 'scope', 'below', 'own'] as const;
export type Reach = (typeof reaches)[number];

/** The permission matrix. Roles that are not listed for an action do not have the right. */
export const matrix = {
  read: { organization_manager: 'anywhere', manager: 'anywhere', engineer: 'anywhere', member: 'anywhere' },
  read_audit_log: { organization_manager: 'anywhere' },
  change_settings: { organization_manager: 'anywhere' },
  invite_users: { organization_manager: 'anywhere' },
  change_roles: { organization_manager: 'anywhere' },
  remove_users: { organization_manager: 'anywhere' },
  manage_service_accounts: { organization_manager: 'anywhere' },
  check_permissions: { organization_manager: 'anywhere' },
  create_pool: { organization_manager: 'anywhere', manager: 'scope' },
  edit_pool: { organization_manager: 'anywhere', manager: 'scope' },
  move_pool: { organization_manager: 'anywhere', manager: 'scope' },
  delete_pool: { organization_manager: 'below', manager: 'below' },
  manage_policies: { organization_manager: 'anywhere' },
  manage_data_sources: { organization_manager: 'anywhere' },
  manage_resources: { organization_manager: 'anywhere', manager: 'scope' },
  edit_resource: { organization_manager: 'anywhere', manager: 'scope', engineer: 'own' },
  leave_organization: {
    organization_manager: 'anywhere',
    manager: 'anywhere',
    engineer: 'anywhere',
    member: 'anywhere',
  },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>;

export type Action = keyof typeof matrix;

export const actions = Object.keys(matrix) as Action[];

/** The reach of a role's right to an action. Undefined if the role has no such right. */
export const reachOf = (action: Action, role: Role): Reach | undefined => {
  const row: Partial<Record<Role, Reach>> = matrix[action];
  return row[role];
};

/**
 * Whether a right with this reach on a pool applies to a target.
 * `poolPath`: the ids from the root down to the pool of the target. `own`: whether the person owns the target.
 */
export const covers = (reach: Reach, fromPoolId: string, poolPath: readonly string[], own: boolean): boolean => {
  if (reach === 'anywhere') return true;
  const depth = poolPath.indexOf(fromPoolId);
  if (depth < 0) return false;
  if (reach === 'below') return depth < poolPath.length - 1;
  return reach === 'scope' || own;
};
