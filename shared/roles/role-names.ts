import type { Role } from './role.ts';

/** What people call the roles. */
export const roleNames: Record<Role, string> = {
  organization_manager: 'Organization manager',
  manager: 'Manager',
  engineer: 'Engineer',
  member: 'Member',
};
