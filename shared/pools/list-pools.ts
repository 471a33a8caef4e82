import { operation } from '../api/operation.ts';
import { findOwners } from '../assets/owner.ts';
import { ok } from '../result.ts';
import { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';

export const listPools = operation(poolRoutes.listPools, {}, async ({ table }, { organization, tree: readTree }) => {
  const tree = await readTree();
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
});
