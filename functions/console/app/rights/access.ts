import { effective, implied } from '../../../../shared/roles/authorize.ts';
import { actions, covers, reachOf, type Action, type Reach } from '../../../../shared/roles/matrix.ts';
import { pathIds, type PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { poolOf, type RoleAssignment, type StoredAssignment } from '../../../../shared/roles/role.ts';

/** Where a right applies, and which role gives it. */
export interface Grant {
  reach: Reach;
  /** The pool from which the right reaches down. Absent: the right reaches anywhere. */
  poolId?: string;
  /** The role that gives the right. It is `implied` for what every user may do. */
  through: RoleAssignment;
}

export interface Access {
  action: Action;
  /** At least one. None of them is within the reach of another. */
  grants: Grant[];
}

/** The rights that these roles give, and which role gives each of them. `authorize` makes the same decision for each target. */
export const accessOf = (assignments: readonly StoredAssignment[], tree: PoolTree): Access[] => {
  const rootId = [...tree.all()].find(({ parentId }) => parentId === undefined)?.id;
  return actions.flatMap((action) => {
    const grants = effective(assignments)
      .flatMap((through) => grantOf(action, through, rootId))
      .filter(({ poolId }) => poolId === undefined || tree.get(poolId) !== undefined);
    const widest = grants.filter(
      (grant, index) =>
        !grants.some(
          (other, place) =>
            place !== index && isWithin(grant, other, tree) && (place < index || !isWithin(other, grant, tree)),
        ),
    );
    return widest.length === 0 ? [] : [{ action, grants: widest }];
  });
};

const grantOf = (action: Action, through: RoleAssignment, rootId: string | undefined): Grant[] => {
  // A right of every user is attributed to `implied`, even if another role gives it too.
  if (reachOf(action, implied.role) !== undefined && through !== implied) return [];
  const reach = reachOf(action, through.role);
  if (reach === undefined) return [];
  if (reach === 'anywhere') return [{ reach, through }];
  const poolId = poolOf(through) ?? rootId;
  return poolId === undefined ? [] : [{ reach, poolId, through }];
};

/** Whether one grant allows everything that the other one allows. */
export const isWithin = (inner: Grant, outer: Grant, tree: PoolTree): boolean => {
  if (outer.poolId === undefined) return true;
  if (inner.poolId === undefined) return false;
  const path = pathIds(tree, inner.poolId);
  if (inner.reach === 'below' && outer.reach === 'below') return path.includes(outer.poolId);
  return covers(outer.reach, outer.poolId, path, inner.reach === 'own');
};

/** The grants that reach a pool. A grant with the reach `own` does so only for what the user owns there. */
export const grantsIn = ({ grants }: Access, poolId: string, tree: PoolTree): Grant[] => {
  const path = pathIds(tree, poolId);
  return grants.filter((grant) => grant.poolId === undefined || covers(grant.reach, grant.poolId, path, true));
};
