import { poolTreesRememberedMax } from '../../shared/limits.ts';
import type { Services } from '../../shared/ports.ts';
import { readPools } from '../../shared/pools/read-pools.ts';
import type { Pool } from '../../shared/pools/pool.ts';
import { buildPoolTree, type PoolTree } from '../../shared/roles/pool-tree.ts';
import { recentMap } from './recent-map.ts';

/** Caches the pool trees of the most recently used organizations. A tree is read again only when its version has changed. */
export const poolTreeCache = (): Pick<Services, 'poolTree' | 'rememberedPools'> => {
  const trees = recentMap<{ treeVersion: number; tree: PoolTree<Pool> }>(poolTreesRememberedMax);
  return {
    poolTree: async (table, organizationId, treeVersion) => {
      const kept = trees.get(organizationId);
      trees.delete(organizationId);
      const tree =
        kept?.treeVersion === treeVersion ? kept.tree : buildPoolTree(await readPools(table, organizationId));
      trees.set(organizationId, { treeVersion, tree });
      return tree;
    },
    rememberedPools: (organizationId) => trees.get(organizationId)?.tree,
  };
};
