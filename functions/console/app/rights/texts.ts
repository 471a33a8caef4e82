import type { Role } from '../../../../shared/roles/role.ts';

/** A description of each role, in one line. */
export const roleExplanations: Record<Role, string> = {
  organization_manager: 'Manages everything in the organization: users, invitations, pools, policies and settings.',
  manager: 'Manages the chosen pool, its sub-pools and their resources.',
  engineer: 'Edits the resources they own in the chosen pool and its sub-pools.',
  member: 'Can view everything, but not change it.',
};

export const rightTexts = {
  unread: 'Your permissions are still loading.',
};
