import { assetKindNames, getRouteOf, listRouteOf } from '../../../../shared/asset-kinds.ts';
import type { RouteName } from '../../../../shared/api/routes.ts';

/** Routes whose answers change when somebody goes or comes back: who there is, and all that has an owner. */
export const handedOver: RouteName[] = [
  'listUsers',
  'getUser',
  'getMyUser',
  'getUserAssets',
  ...assetKindNames.flatMap((kind): RouteName[] => [listRouteOf(kind), getRouteOf(kind)]),
  'listPoolUsers',
  'listInvites',
  'getInvite',
];
