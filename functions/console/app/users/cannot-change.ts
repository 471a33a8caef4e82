import { implied } from '../../../../shared/roles/authorize.ts';
import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { roleDefinitions, roles } from '../../../../shared/roles/role.ts';
import type { Pool } from '../organization/use-pools.ts';
import { toAssignments } from '../parts/role-draft.ts';
import type { LeaverAssets } from './leaver-assets.ts';
import { canChange, countByKind, ownedParts } from './owned-parts.ts';
import { countOf, removalTexts as texts } from './removal-texts.ts';
import { isShortened, type User } from './user.ts';

/**
 * A text about the assets that a candidate would own but could not change. Undefined if there are none. Such a candidate can still
 * be chosen, because any active user can own any asset.
 */
export const cannotChange = (candidate: User, assets: LeaverAssets, tree: PoolTree<Pool>): string | undefined => {
  const held = toAssignments(candidate.roles);
  const parts = ownedParts(assets, assets.ownerIds, tree);
  const barred = parts.filter((part) => !canChange(held, part, tree));
  // A list shows only some of the roles of a candidate who has many, and the other roles may be sufficient.
  if (barred.length === 0 || isShortened(candidate)) return undefined;

  const heldRoles = roles.filter((role) => held.some((each) => each.role === role));
  const who = (heldRoles.length > 0 ? heldRoles : [implied.role]).map((role) => roleDefinitions[role].name).join(', ');
  if (barred.length === parts.length) return texts.cannotChangeAny(who);
  return texts.cannotChangeSome(
    who,
    countByKind(barred).map(({ kind, count }) => countOf(kind, count)),
  );
};
