import { poolDepthMax, poolPathBytesMax } from '../limits.ts';
import { identityOf } from '../names/identity.ts';
import { fail, ok, type Result } from '../result.ts';
import { pathText, type PoolTree } from '../roles/pool-tree.ts';
import { answeredBytes } from '../text.ts';
import type { Pool } from './pool.ts';

/** In the tree as it will be, a pool and all below it are neither too deep nor named too long. */
export const requireFit = (tree: PoolTree<Pool>, poolId: string): Result<void> => {
  for (const { id } of tree.subtree(poolId)) {
    if (tree.path(id).length > poolDepthMax) return fail('pool_too_deep');
    if (answeredBytes(pathText(tree, id)) > poolPathBytesMax) return fail('pool_path_too_long');
  }
  return ok(undefined);
};

/**
 * A new, renamed or moved pool has a name of its own among its siblings. Siblings of one name that an earlier rule allowed keep
 * it.
 * The write must be conditional on the tree (`treeChanges`), because this decision is based on all of it.
 */
export const requireOwnName = (tree: PoolTree<Pool>, { id, name, parentId }: Pool): Result<void> =>
  tree.children(parentId ?? '').some((sibling) => sibling.id !== id && identityOf(sibling.name) === identityOf(name))
    ? fail('pool_name_taken')
    : ok(undefined);

/** Groups of siblings that share one name, which an earlier rule allowed. */
export const siblingsOfOneName = (tree: PoolTree<Pool>): Pool[][] =>
  [...Map.groupBy(tree.all(), ({ parentId, name }) => JSON.stringify([parentId, identityOf(name)])).values()].filter(
    ({ length }) => length > 1,
  );
