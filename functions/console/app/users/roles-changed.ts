import type { RouteName } from '../../../../shared/api/routes.ts';

/** Routes whose responses change with the roles of users. */
export const rolesChanged: readonly RouteName[] = [
  'listUsers',
  'getUser',
  'getMyUser',
  'listPoolUsers',
  'listOrganizations',
];
