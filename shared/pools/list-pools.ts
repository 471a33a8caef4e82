import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { ok } from '../result.ts';
import type { poolRoutes } from './pool-routes.ts';
import { buildPoolTree } from '../roles/pool-tree.ts';
import { poolView } from './pool-view.ts';
import { readPools } from './read-pools.ts';

export const listPools: Operation<typeof poolRoutes.listPools> =
  ({ table }) =>
  async ({ organization }) => {
    const pools = await readPools(table, organization.id);
    const tree = buildPoolTree(pools);
    const owners = await findOwners(
      table,
      organization.id,
      pools.map(({ holderId }) => holderId),
    );
    const items = pools
      .map((pool) => poolView(pool, owners.get(pool.holderId)?.id ?? pool.holderId, tree))
      .toSorted((a, b) => tree.path(a.id).length - tree.path(b.id).length || a.path.localeCompare(b.path));
    return ok({ items });
  };
