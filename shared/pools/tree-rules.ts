import { poolDepthMax, poolPathBytesMax } from '../limits.ts';
import { identityOf } from '../names/identity.ts';
import { fail, ok, type Result } from '../result.ts';
import { pathText, type PoolTree } from '../roles/pool-tree.ts';
import { answeredBytes } from '../text.ts';
import type { Pool } from './pool.ts';

/** Requires that, in the changed tree, a pool and its sub-pools are not too deep and their paths are not too long. */
export const requireFit = (tree: PoolTree<Pool>, poolId: string): Result<void> => {
  for (const { id } of tree.subtree(poolId)) {
    if (tree.path(id).length > poolDepthMax) return fail('pool_too_deep');
    if (answeredBytes(pathText(tree, id)) > poolPathBytesMax) return fail('pool_path_too_long');
  }
  return ok(undefined);
};

/**
 * Requires that a new, renamed or moved pool has a unique name among its siblings. Existing siblings with equal names, which an
 * earlier rule allowed, keep them. The write must be conditional on the tree (`treeChanges`), because this decision is based on all
 * of it.
 */
export const requireOwnName = (tree: PoolTree<Pool>, { id, name, parentId }: Pool): Result<void> =>
  tree.children(parentId ?? '').some((sibling) => sibling.id !== id && identityOf(sibling.name) === identityOf(name))
    ? fail('pool_name_taken')
    : ok(undefined);

/** The groups of siblings with equal names, which an earlier rule allowed. */
export const siblingsOfOneName = (tree: PoolTree<Pool>): Pool[][] =>
  [...Map.groupBy(tree.all(), ({ parentId, name }) => JSON.stringify([parentId, identityOf(name)])).values()].filter(
    ({ length }) => length > 1,
  );
