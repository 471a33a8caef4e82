import { assetKindNames, getRouteOf, listRouteOf } from '../../../../shared/asset-kinds.ts';
import type { RouteName } from '../../../../shared/api/routes.ts';

/** Routes whose responses change when a user leaves or is restored: those about users, and about everything that has an owner. */
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
