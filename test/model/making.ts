import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { dataSourceRoutes } from '../../shared/data-sources/data-source-routes.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import { policyRoutes } from '../../shared/policies/policy-routes.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { poolRoutes } from '../../shared/pools/pool-routes.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { resourceRoutes } from '../../shared/resources/resource-routes.ts';
import { answer, type Asking } from './answer.ts';
import { assign, nameInFilter, pathTo, userOf, type Model } from './model.ts';
import { unlessManaged, unlessOrganizationManager, unlessSomeManager, whyNotOwners, type Refusal } from './refusals.ts';

/* What can be asked about what people own, in the way of joining.ts. */

export interface Making {
  ownerId: string;
  /** Where a resource or a pool is to be. */
  poolId: string;
  /** Whom the filter of a policy is to name. */
  named: string[];
}

/** Names and accounts that nothing had before in a history. */
const fresh = ({ assignments }: Model): string => `number ${assignments}`;

export const makeResource = async (
  asking: Asking,
  { ownerId, poolId }: { poolId: string; ownerId?: string },
): Promise<Refusal> => {
  const { model, by } = asking;
  const actor = userOf(model, by);
  const path = pathTo(model, poolId);
  const refusal =
    unlessSomeManager(actor) ??
    (path.length === 0 ? 'unknown_pool' : undefined) ??
    unlessManaged(actor, path) ??
    (ownerId === undefined ? undefined : whyNotOwners(model, [ownerId]));
  const done = await answer(asking, resourceRoutes.createResource, createResource, refusal, {
    params: { organizationId: model.organizationId },
    query: {},
    body: {
      name: fresh(model),
      type: 'vm',
      poolId,
      tags: {},
      monthlyCost: 1,
      ...(ownerId !== undefined && { ownerId }),
    },
  });
  const owner = ownerId ?? model.assets.get(`pool ${poolId}`)?.ownerId ?? '';
  if (done) assign(model, 'resource', done.id, owner, poolId);
  return refusal;
};

export const makePool = async (asking: Asking, { ownerId, poolId }: Omit<Making, 'named'>): Promise<Refusal> => {
  const { model, by } = asking;
  const actor = userOf(model, by);
  const path = pathTo(model, poolId);
  const refusal =
    unlessSomeManager(actor) ??
    (path.length === 0 ? 'unknown_pool' : undefined) ??
    unlessManaged(actor, path) ??
    whyNotOwners(model, [ownerId]);
  const done = await answer(asking, poolRoutes.createPool, createPool, refusal, {
    params: { organizationId: model.organizationId },
    query: {},
    body: { name: fresh(model), parentId: poolId, defaultOwnerId: ownerId },
  });
  if (!done) return refusal;
  model.pools.set(done.id, { parentId: poolId });
  assign(model, 'pool', done.id, ownerId);
  return refusal;
};

export const makePolicy = async (asking: Asking, { ownerId, named }: Omit<Making, 'poolId'>): Promise<Refusal> => {
  const { model, by } = asking;
  const refusal = unlessOrganizationManager(userOf(model, by)) ?? whyNotOwners(model, [ownerId, ...named]);
  const done = await answer(asking, policyRoutes.createPolicy, createPolicy, refusal, {
    params: { organizationId: model.organizationId },
    query: {},
    body: { type: 'budget', name: fresh(model), amount: 1, ownerId, filters: { ownerIds: named } },
  });
  if (!done) return refusal;
  assign(model, 'policy', done.id, ownerId);
  nameInFilter(model, done.id, named);
  return refusal;
};

export const makeDataSource = async (asking: Asking, { ownerId }: Pick<Making, 'ownerId'>): Promise<Refusal> => {
  const { model, by } = asking;
  const refusal = unlessOrganizationManager(userOf(model, by)) ?? whyNotOwners(model, [ownerId]);
  const done = await answer(asking, dataSourceRoutes.createDataSource, createDataSource, refusal, {
    params: { organizationId: model.organizationId },
    query: {},
    body: { type: 'aws', name: fresh(model), accountId: fresh(model), ownerId },
  });
  if (done) assign(model, 'data source', done.id, ownerId);
  return refusal;
};
