import type { Role } from '../../../../shared/roles/role.ts';

/** Each role in a line. */
export const roleExplanations: Record<Role, string> = {
  organization_manager: 'Everything, everywhere: users, invites, pools, policies and settings.',
  manager: 'Pools and resources of the chosen pool and all below it.',
  engineer: 'The resources they own in the chosen pool and all below it.',
  member: 'Reads everything, changes nothing.',
};

export const rightTexts = {
  unread: 'Your rights are still being read.',
};
