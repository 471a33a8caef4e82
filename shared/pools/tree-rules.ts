import { fail, ok, type Result } from '../result.ts';
import { pathText, type PoolTree } from '../roles/pool-tree.ts';
import { longestPath, maximumDepth, type Pool } from './pool.ts';

const utf8 = new TextEncoder();

/** Bytes of a text in an answer of Lambda, which is JSON within JSON: each quote and backslash takes 4. */
const answeredBytes = (text: string): number =>
  utf8.encode(JSON.stringify(JSON.stringify(text).slice(1, -1))).length - 2;

/** In the tree as it will be, a pool and all below it are neither too deep nor named too long. */
export const requireFit = (tree: PoolTree<Pool>, poolId: string): Result<void> => {
  for (const { id } of tree.subtree(poolId)) {
    if (tree.path(id).length > maximumDepth) return fail('pool_too_deep');
    if (answeredBytes(pathText(tree, id)) > longestPath) return fail('pool_path_too_long');
  }
  return ok(undefined);
};
