import type { RouteName } from '../../../../shared/api/routes.ts';

/** Answers that tell of pools: where they stand, what they are called, whose rights reach them. */
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
