import * as z from 'zod';
import { byKind, manyOf, settingsKindNames, type Many, type SettingsKind } from '../asset-kinds.ts';
import { resourceQueriesMax, wholePageItems } from '../limits.ts';
import { usersOfPolicy } from '../policies/named-in-policy.ts';
import { policyRecords } from '../policies/policy.ts';
import type { Pool } from '../pools/pool.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { partitions, settingsPrefix } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';

export type AssetCount = Record<Exclude<Many, 'policies'>, { count: number }> & {
  /** If false, the counts are lower bounds. */
  exact: boolean;
  resources: Tally;
  policies: { owned: number; naming: number };
  /** Resources by the pool that they are in now. */
  byPool: Map<string, Tally>;
};

export interface Tally {
  count: number;
  /** The sum of the monthly costs. */
  monthlyCost: number;
}

/** Counts the assets last assigned to any of these holders, by kind. At most 10 requests. */
export const countAssets = async (
  table: Table,
  organizationId: string,
  tree: PoolTree<Pool>,
  holdings: readonly string[],
): Promise<AssetCount> => {
  const held = new Set(holdings);
  const [settings, resources] = await Promise.all([
    table.query({ pk: partitions.settings(organizationId), limit: wholePageItems }),
    countResources(table, organizationId, tree, holdings),
  ]);
  const ofKind = (kind: SettingsKind) => settings.items.filter(({ sk }) => sk.startsWith(settingsPrefix(kind)));
  const inSettings = byKind(settingsKindNames, (kind) => [
    manyOf(kind),
    { count: ofKind(kind).filter((item) => held.has(holderOf(item))).length },
  ]);
  return {
    ...resources,
    exact: resources.exact && settings.next === undefined,
    pools: { count: countPools(tree, held) },
    ...inSettings,
    policies: {
      owned: inSettings.policies.count,
      naming: ofKind('policy').filter((item) =>
        usersOfPolicy(policyRecords.parse(item))
          .slice(1)
          .some((id) => held.has(id)),
      ).length,
    },
  };
};

const heldItem = z.object({ holderId: z.string() });

const holderOf = (item: Item): string => heldItem.parse(item).holderId;

/** Counts the pools whose default owner is one of these holders. */
export const countPools = (tree: PoolTree<Pool>, held: ReadonlySet<string>): number =>
  [...tree.all()].filter(({ holderId }) => held.has(holderId)).length;

const countResources = async (
  table: Table,
  organizationId: string,
  tree: PoolTree<Pool>,
  holdings: readonly string[],
): Promise<Pick<AssetCount, 'exact' | 'resources' | 'byPool'>> => {
  const byPool = new Map<string, Tally>();
  let pending: { holding: string; after?: string }[] = holdings.map((holding) => ({ holding }));
  for (let requests = 0; pending.length > 0 && requests < resourceQueriesMax;) {
    // Queries all holdings in parallel. Only the pages of one holding have to be read one after another.
    const wanted = pending.slice(0, resourceQueriesMax - requests);
    requests += wanted.length;
    const pages = await Promise.all(
      wanted.map(({ holding, after }) =>
        table.query({
          index: 'held',
          pk: partitions.held(organizationId, holding),
          limit: wholePageItems,
          ...(after !== undefined && { after }),
        }),
      ),
    );
    for (const { poolId, monthlyCost } of pages.flatMap(({ items }) => items)) {
      const currentId = tree.currentPool(String(poolId))?.id ?? String(poolId);
      const tally = byPool.get(currentId) ?? { count: 0, monthlyCost: 0 };
      byPool.set(currentId, sum(tally, { count: 1, monthlyCost: typeof monthlyCost === 'number' ? monthlyCost : 0 }));
    }
    const unfinished = wanted.flatMap(({ holding }, index) => {
      const next = pages[index]?.next;
      return next === undefined ? [] : [{ holding, after: next }];
    });
    pending = [...unfinished, ...pending.slice(wanted.length)];
  }
  return {
    exact: pending.length === 0,
    byPool,
    resources: [...byPool.values()].reduce(sum, { count: 0, monthlyCost: 0 }),
  };
};

const sum = (a: Tally, b: Tally): Tally => ({ count: a.count + b.count, monthlyCost: a.monthlyCost + b.monthlyCost });
