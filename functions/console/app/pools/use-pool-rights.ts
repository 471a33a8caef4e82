import { useCallback } from 'react';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { useRights } from '../rights/use-rights.ts';
import { poolsTexts as texts } from './texts.ts';

export type PoolAction = 'create' | 'edit' | 'move' | 'delete';

/** Returns a function that says why the signed-in person cannot do something to a pool. It returns undefined if they can. */
export const usePoolRights = () => {
  const { whyNot: whyNoRight } = useRights();
  const { tree } = usePools();
  const whyNot = useCallback(
    ({ id: poolId, parentId }: Pool, action: PoolAction): string | undefined => {
      if (action === 'create') return whyNoRight('create_pool', { poolId });
      if (action === 'edit') return whyNoRight('edit_pool', { poolId });
      if (parentId === undefined) return texts.rootStays;
      // Moving a pool removes it from its parent, which requires the right there.
      if (action === 'move') return whyNoRight('move_pool', { poolId: parentId });
      return (
        whyNoRight('delete_pool', { poolId }) ?? (tree.children(poolId).length > 0 ? texts.subPoolsFirst : undefined)
      );
    },
    [whyNoRight, tree],
  );
  return { whyNot };
};
