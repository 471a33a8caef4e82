import type { RouteName } from '../../../../shared/api/routes.ts';

/** Routes whose answers change when somebody goes or comes back: who there is, and all that has an owner. */
export const handedOver: RouteName[] = [
  'listUsers',
  'getUser',
  'getMyUser',
  'getUserAssets',
  'listPools',
  'getPool',
  'listPoolUsers',
  'listResources',
  'getResource',
  'listPolicies',
  'getPolicy',
  'listDataSources',
  'getDataSource',
  'listInvites',
  'getInvite',
];
