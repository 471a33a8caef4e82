import type { RouteName } from '../../../../shared/api/routes.ts';

/** Routes whose responses change with the roles of users. Demoting an organization manager also changes the pending invitations that they sent. */
export const rolesChanged: readonly RouteName[] = [
  'listUsers',
  'getUser',
  'getMyUser',
  'listPoolUsers',
  'listOrganizations',
  'listInvites',
  'getInvite',
];
