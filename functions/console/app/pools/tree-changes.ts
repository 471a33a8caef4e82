import type { RouteName } from '../../../../shared/api/routes.ts';

/** Routes whose responses depend on the pool tree: on the names and places of pools, and on who has access to them. */
export const treeChanges: RouteName[] = [
  'listPools',
  'getPool',
  'listPoolUsers',
  'getMyUser',
  'listOrganizations',
  'listUsers',
  'getUser',
  'getUserAssets',
  'listInvites',
  'getInvite',
  'listResources',
  'listServiceAccounts',
];
