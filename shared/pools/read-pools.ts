import { poolsMax } from '../limits.ts';
import { partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parsePool, type Pool } from './pool.ts';

/** All pools of an organization. One request per megabyte, about 3,000 pools. */
export const readPools = async (table: Table, organizationId: string): Promise<Pool[]> => {
  const pools: Pool[] = [];
  let after: string | undefined;
  do {
    const page = await table.query({
      pk: partitions.pools(organizationId),
      limit: poolsMax,
      ...(after !== undefined && { after }),
    });
    pools.push(...page.items.map(parsePool));
    after = page.next;
  } while (after !== undefined);
  return pools;
};
