import { assetKinds, assetKindNames, settingsKindNames, type AssetKind } from '../../../../shared/asset-kinds.ts';
import { authorize } from '../../../../shared/roles/authorize.ts';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { pathIds, type PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { formatAssignment, poolOf, type RoleAssignment } from '../../../../shared/roles/role.ts';
import type { Pool } from '../organization/use-pools.ts';
import { accessOf, isWithin, type Grant } from '../rights/access.ts';
import { ownedCount } from './owned-count.ts';
import type { UserAssets } from './user.ts';

/** Actions whose right changes in one place. */
export interface ChangedRights {
  place: Pick<Grant, 'reach' | 'poolId'>;
  actions: Action[];
}

export interface RoleChangeEffects {
  lost: ChangedRights[];
  gained: ChangedRights[];
  /** How many of the assets that the user owns they can no longer change. A kind without any is left out. */
  unchangeable: { kind: AssetKind; count: number }[];
  /** The pools of which the user would no longer be a manager. */
  noLongerManages: string[];
}

/** What a change of roles means. `assets`: what the user owns, if it has been read. */
export const roleChangeEffects = (
  before: readonly RoleAssignment[],
  after: readonly RoleAssignment[],
  tree: PoolTree<Pool>,
  assets: UserAssets | undefined,
): RoleChangeEffects => ({
  lost: rightsBeyond(before, after, tree),
  gained: rightsBeyond(after, before, tree),
  unchangeable: assets ? unchangeableAssets(before, after, tree, assets) : [],
  noLongerManages: poolsManaged(before).filter((poolId) => !poolsManaged(after).includes(poolId) && tree.get(poolId)),
});

/** Whether two sets of roles are the same, in whatever order. */
export const areSameRoles = (a: readonly RoleAssignment[], b: readonly RoleAssignment[]): boolean =>
  JSON.stringify(a.map(formatAssignment).toSorted()) === JSON.stringify(b.map(formatAssignment).toSorted());

/** The rights that the first roles give and the others do not, by place. */
const rightsBeyond = (
  roles: readonly RoleAssignment[],
  others: readonly RoleAssignment[],
  tree: PoolTree<Pool>,
): ChangedRights[] => {
  const otherAccess = accessOf(others, tree);
  const changed = accessOf(roles, tree).flatMap(({ action, grants }) => {
    const kept = otherAccess.find((each) => each.action === action)?.grants ?? [];
    return grants
      .filter((grant) => !kept.some((other) => isWithin(grant, other, tree)))
      .map(({ reach, poolId }) => ({ action, place: { reach, ...(poolId !== undefined && { poolId }) } }));
  });
  return [...Map.groupBy(changed, ({ place }) => JSON.stringify(place)).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ place: first.place, actions: group.map(({ action }) => action) }] : [];
  });
};

const unchangeableAssets = (
  before: readonly RoleAssignment[],
  after: readonly RoleAssignment[],
  tree: PoolTree<Pool>,
  assets: UserAssets,
): RoleChangeEffects['unchangeable'] => {
  const loses = (kind: AssetKind, poolId?: string): boolean => {
    const target = { own: true, ...(poolId !== undefined && { poolPath: pathIds(tree, poolId) }) };
    const { action } = assetKinds[kind];
    return authorize(before, action, target).allowed && !authorize(after, action, target).allowed;
  };
  const pools = [...tree.all()].filter(({ defaultOwnerId }) => defaultOwnerId === assets.user.id);
  const counts: Record<AssetKind, number> = {
    ...(Object.fromEntries(
      settingsKindNames.map((kind) => [kind, loses(kind) ? ownedCount(assets, kind) : 0]),
    ) as Record<AssetKind, number>),
    resource: assets.byPool.reduce((sum, { poolId, count }) => sum + (loses('resource', poolId) ? count : 0), 0),
    pool: pools.filter(({ id }) => loses('pool', id)).length,
  };
  return assetKindNames.map((kind) => ({ kind, count: counts[kind] })).filter(({ count }) => count > 0);
};

const poolsManaged = (roles: readonly RoleAssignment[]): string[] =>
  roles.flatMap((assignment) => (assignment.role === 'manager' ? (poolOf(assignment) ?? []) : []));
