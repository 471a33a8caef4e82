import type { Output } from '../api/route.ts';
import type { poolRoutes } from './pool-routes.ts';
import type { Named } from '../named.ts';
import { withCurrency, type HasCurrency } from '../organizations/currency.ts';
import { pathText, type PoolTree } from '../roles/pool-tree.ts';
import type { Pool } from './pool.ts';

export const poolView = (
  pool: Pool,
  owner: Named,
  tree: PoolTree,
  organization: HasCurrency,
): Output<typeof poolRoutes.getPool> => ({
  id: pool.id,
  name: pool.name,
  ...(pool.parentId !== undefined && { parentId: pool.parentId }),
  path: pathText(tree, pool.id),
  defaultOwnerId: owner.id,
  defaultOwnerName: owner.name,
  ...(pool.monthlyLimit !== undefined && { monthlyLimit: pool.monthlyLimit }),
  ...withCurrency(organization, pool.monthlyLimit),
  version: pool.version,
});
