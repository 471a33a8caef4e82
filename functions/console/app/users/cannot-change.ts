import { assetKinds, settingsKindNames, type AssetKind } from '../../../../shared/asset-kinds.ts';
import { authorize, implied } from '../../../../shared/roles/authorize.ts';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { pathIds, type PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { roleDefinitions, roles } from '../../../../shared/roles/role.ts';
import type { Pool } from '../organization/use-pools.ts';
import { toAssignments } from '../parts/role-draft.ts';
import type { LeaverAssets } from './leaver-assets.ts';
import { ownedCount } from './owned-count.ts';
import { countOf, removalTexts as texts } from './removal-texts.ts';
import { isShortened, type User } from './user.ts';

/**
 * What somebody could not change of the assets they would own, in words; undefined: nothing. Anybody may own anything, so it
 * forbids nobody.
 */
export const cannotChange = (candidate: User, assets: LeaverAssets, tree: PoolTree<Pool>): string | undefined => {
  const held = toAssignments(candidate.roles);
  const may = (action: Action, poolId?: string): boolean =>
    authorize(held, action, { own: true, ...(poolId !== undefined && { poolPath: pathIds(tree, poolId) }) }).allowed;

  const pools = [...tree.all()].filter(({ defaultOwnerId }) => assets.ownerIds.includes(defaultOwnerId));
  const parts = [
    ...assets.byPool.map(({ poolId, count }) => part('resource', count, may(assetKinds.resource.action, poolId))),
    ...pools.map(({ id }) => part('pool', 1, may(assetKinds.pool.action, id))),
    ...settingsKindNames.map((kind) => part(kind, ownedCount(assets, kind), may(assetKinds[kind].action))),
  ].filter(({ count }) => count > 0);
  const barred = parts.filter(({ allowed }) => !allowed);
  // Of a candidate with many roles the list shows only some, and the others may suffice.
  if (barred.length === 0 || isShortened(candidate)) return undefined;

  const heldRoles = roles.filter((role) => held.some((each) => each.role === role));
  const who = (heldRoles.length > 0 ? heldRoles : [implied.role]).map((role) => roleDefinitions[role].name).join(', ');
  if (barred.length === parts.length) return texts.cannotChangeAny(who);
  const counts = Map.groupBy(barred, ({ kind }) => kind);
  return texts.cannotChangeSome(
    who,
    [...counts].map(([kind, each]) =>
      countOf(
        kind,
        each.reduce((sum, { count }) => sum + count, 0),
      ),
    ),
  );
};

const part = (kind: AssetKind, count: number, allowed: boolean) => ({ kind, count, allowed });
