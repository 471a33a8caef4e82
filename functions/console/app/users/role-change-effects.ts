import type { AssetKind } from '../../../../shared/asset-kinds.ts';
import type { Action } from '../../../../shared/roles/matrix.ts';
import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { formatAssignment, poolOf, type RoleAssignment } from '../../../../shared/roles/role.ts';
import type { Pool } from '../organization/use-pools.ts';
import { accessOf, isWithin, type Grant } from '../rights/access.ts';
import { canChange, countByKind, ownedParts } from './owned-parts.ts';
import type { UserAssets } from './user.ts';

/** The actions that a change of roles allows or forbids in one place. */
export interface ChangedRights {
  place: Pick<Grant, 'reach' | 'poolId'>;
  actions: Action[];
}

interface RoleChangeEffects {
  lost: ChangedRights[];
  gained: ChangedRights[];
  /** The number of assets of each kind that the user owns but can no longer change. Kinds without any such asset are left out. */
  unchangeable: { kind: AssetKind; count: number }[];
  /** The pools of which the user would no longer be a manager. */
  noLongerManages: string[];
}

/** What a change of roles means for a user. `assets`: what the user owns. Undefined until it is read. */
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

/** Whether two lists contain the same roles, in any order. */
export const areSameRoles = (a: readonly RoleAssignment[], b: readonly RoleAssignment[]): boolean =>
  JSON.stringify(a.map(formatAssignment).toSorted()) === JSON.stringify(b.map(formatAssignment).toSorted());

/** The rights that `roles` give and `others` do not, by place. */
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
): RoleChangeEffects['unchangeable'] =>
  countByKind(
    ownedParts(assets, [assets.user.id], tree).filter(
      (part) => canChange(before, part, tree) && !canChange(after, part, tree),
    ),
  );

const poolsManaged = (roles: readonly RoleAssignment[]): string[] =>
  roles.flatMap((assignment) => (assignment.role === 'manager' ? (poolOf(assignment) ?? []) : []));
