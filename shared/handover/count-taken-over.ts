import { readPools } from '../pools/read-pools.ts';
import type { Table } from '../table/table.ts';

/** How much lies in these holdings, by kind of asset. */
export const countTakenOver = async (
  table: Table,
  organizationId: string,
  holdings: readonly string[],
): Promise<{ pools: number }> => {
  const held = new Set(holdings);
  const pools = await readPools(table, organizationId);
  return { pools: pools.filter(({ holderId }) => held.has(holderId)).length };
};
