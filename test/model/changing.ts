import { dataSourceRoutes } from '../../shared/data-sources/data-source-routes.ts';
import { updateDataSource } from '../../shared/data-sources/update-data-source.ts';
import { policyRoutes } from '../../shared/policies/policy-routes.ts';
import { updatePolicy } from '../../shared/policies/update-policy.ts';
import { deletePool as deletePoolOperation } from '../../shared/pools/delete-pool.ts';
import { poolRoutes } from '../../shared/pools/pool-routes.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import { resourceRoutes } from '../../shared/resources/resource-routes.ts';
import { updateResource } from '../../shared/resources/update-resource.ts';
import { answer, type Asking } from './answer.ts';
import { assign, nameInFilter, pathTo, removePool, userOf, type Asset } from './model.ts';
import {
  unlessManaged,
  unlessOrganizationManager,
  unlessSomeEditor,
  unlessSomeManager,
  whyNotDeletePool,
  whyNotOwners,
  type Refusal,
} from './refusals.ts';

/* What can be asked about what is there, in the way of joining.ts. */

/** Gives an asset to somebody, and, in the place of a filter, names them alone. */
export const reassign = async (
  asking: Asking,
  { kind, id }: Pick<Asset, 'kind' | 'id'>,
  ownerId: string,
): Promise<Refusal> => {
  const { model, by } = asking;
  const { organizationId } = model;
  const actor = userOf(model, by);
  const known = model.assets.get(`${kind} ${id}`);
  const whyNot = whyNotOwners(model, [ownerId]);
  const query = {};
  switch (kind) {
    case 'resource': {
      const refusal =
        unlessSomeEditor(actor) ??
        (known ? unlessManaged(actor, pathTo(model, known.poolId)) : 'resource_not_found') ??
        whyNot;
      const input = { params: { organizationId, resourceId: id }, query, body: { ownerId } };
      if (await answer(asking, resourceRoutes.updateResource, updateResource, refusal, input))
        assign(model, kind, id, ownerId);
      return refusal;
    }
    case 'pool': {
      const refusal =
        unlessSomeManager(actor) ?? (known ? unlessManaged(actor, pathTo(model, id)) : 'pool_not_found') ?? whyNot;
      const input = { params: { organizationId, poolId: id }, query, body: { defaultOwnerId: ownerId } };
      if (await answer(asking, poolRoutes.updatePool, updatePool, refusal, input)) assign(model, kind, id, ownerId);
      return refusal;
    }
    case 'policy':
    case 'filter': {
      const policy = model.assets.get(`policy ${id}`);
      const refusal = unlessOrganizationManager(actor) ?? (policy ? whyNot : 'policy_not_found');
      const body = kind === 'policy' ? { ownerId } : { filters: { ownerIds: [ownerId] } };
      const input = { params: { organizationId, policyId: id }, query, body };
      if (!(await answer(asking, policyRoutes.updatePolicy, updatePolicy, refusal, input))) return refusal;
      if (kind === 'policy') assign(model, kind, id, ownerId);
      else nameInFilter(model, id, [ownerId]);
      return refusal;
    }
    case 'data source': {
      const refusal = unlessOrganizationManager(actor) ?? (known ? whyNot : 'data_source_not_found');
      const input = { params: { organizationId, dataSourceId: id }, query, body: { ownerId } };
      if (await answer(asking, dataSourceRoutes.updateDataSource, updateDataSource, refusal, input))
        assign(model, kind, id, ownerId);
      return refusal;
    }
  }
};

export const deletePool = async (asking: Asking, poolId: string): Promise<Refusal> => {
  const { model, by } = asking;
  const actor = userOf(model, by);
  const refusal = unlessSomeManager(actor) ?? whyNotDeletePool(model, actor, poolId);
  const params = { organizationId: model.organizationId, poolId };
  await answer(asking, poolRoutes.deletePool, deletePoolOperation, refusal, { params, query: {}, body: undefined });
  if (refusal === undefined) removePool(model, poolId);
  return refusal;
};
