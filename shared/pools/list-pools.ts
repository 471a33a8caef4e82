import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { ok } from '../result.ts';
import type { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';

export const listPools: Operation<typeof poolRoutes.listPools> =
  ({ table, poolTree }) =>
  async ({ organization }) => {
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const pools = [...tree.all()];
    const ownerOf = await findOwners(
      table,
      organization.id,
      pools.map(({ holderId }) => holderId),
    );
    const items = pools
      .map((pool) => ({ depth: tree.path(pool.id).length, view: poolView(pool, ownerOf(pool.holderId).id, tree) }))
      .toSorted((a, b) => a.depth - b.depth || a.view.path.localeCompare(b.view.path))
      .map(({ view }) => view);
    return ok({ items });
  };
