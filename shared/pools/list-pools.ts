import { operation } from '../api/operation.ts';
import type { Output } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { lambdaResponseBytesMax, lambdaResponseRestBytes } from '../limits.ts';
import { ok } from '../result.ts';
import { responseBytes } from '../text.ts';
import { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';

type Pools = Output<typeof poolRoutes.listPools>;

export const listPools = operation(poolRoutes.listPools, {}, async ({ table }, { organization, tree: readTree }) => {
  const tree = await readTree();
  const pools = [...tree.all()];
  const ownerOf = await findOwners(
    table,
    organization.id,
    pools.map(({ holderId }) => holderId),
  );
  const items = pools
    .map((pool) => ({
      depth: tree.path(pool.id).length,
      view: poolView(pool, ownerOf(pool.holderId), tree, organization),
    }))
    .toSorted((a, b) => a.depth - b.depth || a.view.path.localeCompare(b.view.path))
    .map(({ view }) => view);
  return ok(withinResponse({ items }));
});

/** Leaves out the names of the owners if the response would be too large with them. Without them, all pools always fit. */
const withinResponse = (pools: Pools): Pools =>
  responseBytes(pools) <= lambdaResponseBytesMax - lambdaResponseRestBytes
    ? pools
    : { items: pools.items.map(({ defaultOwnerName: _name, ...pool }) => pool) };
