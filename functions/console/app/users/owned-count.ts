import { manyOf, type AssetKind } from '../../../../shared/asset-kinds.ts';
import type { UserAssets } from './user.ts';

/** The number of assets of a kind that a user owns. */
export const ownedCount = (assets: UserAssets, kind: AssetKind): number => {
  const counted = assets[manyOf(kind)];
  return 'owned' in counted ? counted.owned : counted.count;
};
