import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import type { Pool } from '../organization/use-pools.ts';
import type { Grant } from './access.ts';
import { accessTexts as texts } from './access-texts.ts';

/** Describes where a grant applies. A grant with the reach `anywhere` has no pool. */
export const placeOf = ({ reach, poolId }: Pick<Grant, 'reach' | 'poolId'>, tree: PoolTree<Pool>): string => {
  const pool = tree.get(poolId ?? '');
  return pool === undefined || reach === 'anywhere' ? texts.anywhere : texts[reach](pool.path);
};
