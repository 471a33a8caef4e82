import { poolDepthMax, poolPathBytesMax } from '../limits.ts';
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
