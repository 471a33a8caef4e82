import { useCallback } from 'react';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { useRights } from '../rights/use-rights.ts';
import { poolsTexts as texts } from './texts.ts';

export type PoolAction = 'create' | 'edit' | 'move' | 'delete';

/** Why the person cannot do something to a pool; undefined: they can. */
export const usePoolRights = () => {
  const { may, why } = useRights();
  const { tree } = usePools();
  const whyNot = useCallback(
    ({ id: poolId, parentId }: Pool, action: PoolAction): string | undefined => {
      if (action === 'create') return may('create_pool', { poolId }) ? undefined : why('create_pool');
      if (action === 'edit') return may('edit_pool', { poolId }) ? undefined : why('edit_pool');
      if (parentId === undefined) return texts.rootStays;
      // It is taken out of its parent, which takes managing that.
      if (action === 'move') return may('move_pool', { poolId: parentId }) ? undefined : why('move_pool');
      if (!may('delete_pool', { poolId })) return why('delete_pool');
      return tree.children(poolId).length > 0 ? texts.subPoolsFirst : undefined;
    },
    [may, why, tree],
  );
  return { whyNot };
};
