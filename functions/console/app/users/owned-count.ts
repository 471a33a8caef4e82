import { manyOf, type AssetKind } from '../../../../shared/asset-kinds.ts';
import type { OwnedTotals } from './user.ts';

/** The number of assets of a kind that one or more users own. */
export const ownedCount = (assets: OwnedTotals, kind: AssetKind): number => {
  const counted = assets[manyOf(kind)];
  return 'owned' in counted ? counted.owned : counted.count;
};
