import type { Output } from '../api/route.ts';
import { withCurrency, type HasCurrency } from '../organizations/currency.ts';
import { firstName, nameAmong, namesOf } from '../named.ts';
import { nameOfPool, type PoolTree } from '../roles/pool-tree.ts';
import type { NamedInPolicies } from './named-in-policy.ts';
import type { policyRoutes } from './policy-routes.ts';
import { amountOf, type Policy } from './policy.ts';

/** A policy in which removed users are replaced by their successors, and deleted pools by the pools that absorbed them. */
export const policyView = (
  { id, holderId, content, createdAt, version }: Policy,
  { ownerOf, sources }: NamedInPolicies,
  tree: PoolTree,
  organization: HasCurrency,
): Output<typeof policyRoutes.getPolicy> => {
  const currentId = (poolId: string): string => tree.currentPool(poolId)?.id ?? poolId;
  const { poolId, filters, ...rest } = content;
  const owner = ownerOf(holderId);
  const pool = poolId === undefined ? undefined : tree.currentPool(poolId);
  const { ownerIds, poolIds, ...others } = filters ?? {};
  const owners = ownerIds?.map(ownerOf) ?? [];
  const current = {
    ...others,
    ...(ownerIds && { ownerIds: [...new Set(owners.map((each) => each.id))] }),
    ...(poolIds && { poolIds: [...new Set(poolIds.map(currentId))] }),
  };
  const nameOf = firstName(nameAmong(owners), nameOfPool(tree), (sourceId) => sources.get(sourceId)?.name);
  return {
    ...rest,
    ...withCurrency(organization, amountOf(content)),
    id,
    ownerId: owner.id,
    ownerName: owner.name,
    ...(poolId !== undefined && { poolId: currentId(poolId) }),
    ...(pool && { poolName: pool.name }),
    ...(filters && {
      filters: current,
      filterNames: namesOf(
        [...(current.ownerIds ?? []), ...(current.poolIds ?? []), ...(current.dataSourceIds ?? [])],
        nameOf,
      ),
    }),
    createdAt,
    version,
  };
};
