import type { Action } from '../../../../shared/roles/matrix.ts';
import type { Role } from '../../../../shared/roles/role.ts';

/** Each role in a line. */
export const roleExplanations: Record<Role, string> = {
  organization_manager: 'Everything, everywhere: users, invites, pools, policies and settings.',
  manager: 'Pools and resources of the chosen pool and all below it.',
  engineer: 'The resources they own in the chosen pool and all below it.',
  member: 'Reads everything, changes nothing.',
};

/** Actions as the end of “You cannot …”. */
export const actionWords: Record<Action, string> = {
  read: 'read this',
  read_audit_log: 'read the audit log',
  change_settings: 'change the settings',
  invite_users: 'invite users',
  change_roles: 'change roles',
  remove_users: 'delete users',
  manage_service_accounts: 'manage service accounts',
  check_permissions: 'check what other users may do',
  create_pool: 'create a pool here',
  edit_pool: 'change this pool',
  move_pool: 'move this pool',
  delete_pool: 'delete this pool',
  manage_policies: 'manage policies',
  manage_data_sources: 'manage data sources',
  manage_resources: 'manage the resources here',
  edit_resource: 'change this resource',
  leave_organization: 'leave the organization',
};

export const rightTexts = {
  unread: 'Your rights are still being read.',
  why: (action: string, roles: string) => `You cannot ${action}: it takes the role ${roles}.`,
  abovePool: (role: string) => `${role} of a pool above this one`,
  inPool: (role: string) => `${role} of this pool or one above`,
  owner: (role: string) => `${role} who owns it`,
};
