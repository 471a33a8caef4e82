import type { Output } from '../api/route.ts';
import type { OwnerOf } from '../assets/owner.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { policyRoutes } from './policy-routes.ts';
import type { Policy } from './policy.ts';

/** Every user that a policy names: its holder, and those of its filters. */
export const usersOfPolicy = ({ holderId, content }: Policy): string[] => [
  holderId,
  ...(content.filters?.ownerIds ?? []),
];

/** A policy as it reads now: users that are gone are their successors, pools that are gone the pools that absorbed them. */
export const policyView = (
  { id, holderId, content, createdAt, version }: Policy,
  ownerOf: OwnerOf,
  tree: PoolTree,
): Output<typeof policyRoutes.getPolicy> => {
  const currentId = (poolId: string): string => tree.currentPool(poolId)?.id ?? poolId;
  const { poolId, filters, ...rest } = content;
  const { ownerIds, poolIds, ...others } = filters ?? {};
  return {
    ...rest,
    id,
    ownerId: ownerOf(holderId).id,
    ...(poolId !== undefined && { poolId: currentId(poolId) }),
    ...(filters && {
      filters: {
        ...others,
        ...(ownerIds && { ownerIds: [...new Set(ownerIds.map((userId) => ownerOf(userId).id))] }),
        ...(poolIds && { poolIds: [...new Set(poolIds.map(currentId))] }),
      },
    }),
    createdAt,
    version,
  };
};
