import { assetKinds, settingsKindNames, type AssetKind } from '../../../../shared/asset-kinds.ts';
import { authorize } from '../../../../shared/roles/authorize.ts';
import { pathIds, type PoolTree } from '../../../../shared/roles/pool-tree.ts';
import type { RoleAssignment } from '../../../../shared/roles/role.ts';
import type { Pool } from '../organization/use-pools.ts';
import { ownedCount } from './owned-count.ts';
import type { OwnedTotals } from './user.ts';

/** Assets of one kind and, if they are in a pool, of one pool. Somebody who owns them can change either all of them or none. */
interface OwnedPart {
  kind: AssetKind;
  poolId?: string;
  count: number;
}

/** Divides what users own into parts. Parts without any asset are left out. */
export const ownedParts = (assets: OwnedTotals, ownerIds: readonly string[], tree: PoolTree<Pool>): OwnedPart[] => {
  const pools = [...tree.all()].filter(({ defaultOwnerId }) => ownerIds.includes(defaultOwnerId));
  const parts: OwnedPart[] = [
    ...assets.byPool.map(({ poolId, count }) => ({ kind: 'resource' as const, poolId, count })),
    ...pools.map(({ id }) => ({ kind: 'pool' as const, poolId: id, count: 1 })),
    ...settingsKindNames.map((kind) => ({ kind, count: ownedCount(assets, kind) })),
  ];
  return parts.filter(({ count }) => count > 0);
};

/** Whether these roles allow somebody to change a part that they own. */
export const canChange = (
  roles: readonly RoleAssignment[],
  { kind, poolId }: OwnedPart,
  tree: PoolTree<Pool>,
): boolean => {
  const target = { own: true, ...(poolId !== undefined && { poolPath: pathIds(tree, poolId) }) };
  return authorize(roles, assetKinds[kind].action, target).allowed;
};

/** The number of assets of each kind in these parts. */
export const countByKind = (parts: readonly OwnedPart[]): { kind: AssetKind; count: number }[] =>
  [...Map.groupBy(parts, ({ kind }) => kind)].map(([kind, ofKind]) => ({
    kind,
    count: ofKind.reduce((sum, { count }) => sum + count, 0),
  }));
