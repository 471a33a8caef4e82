import {
  preparsePolicySet,
  statefulIsAuthorized,
  type CedarValueJson,
  type EntityJson,
  type TypeAndId,
} from '@cedar-policy/cedar-wasm/nodejs';
import { randomUUID } from 'node:crypto';
import type { Action } from '../../shared/roles/matrix.ts';
import type { PoolNode } from '../../shared/roles/pool-tree.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';

export interface Question {
  pools: PoolNode[];
  assignments: RoleAssignment[];
  action: Action;
  /** Undefined: the organization itself. */
  poolId: string | undefined;
  /** Asked about a resource in the pool, rather than the pool. */
  resourceOf: 'asker' | 'another' | undefined;
  /** Where a pool would move to. */
  newParentId: string;
}

const asker: TypeAndId = { type: 'User', id: 'asker' };
const organization: TypeAndId = { type: 'Organization', id: 'acme' };
const resource: TypeAndId = { type: 'Resource', id: 'disk' };
const pool = (id: string): TypeAndId => ({ type: 'Pool', id });
const reference = (entity: TypeAndId): CedarValueJson => ({ __entity: entity });

const userEntity = (assignments: readonly RoleAssignment[]): EntityJson => {
  const poolsOf = (wanted: string): CedarValueJson[] =>
    assignments.flatMap((held) => ('poolId' in held && held.role === wanted ? [reference(pool(held.poolId))] : []));
  return {
    uid: asker,
    attrs: { manages: poolsOf('manager'), engineers: poolsOf('engineer') },
    parents: assignments.flatMap((held) => ('poolId' in held ? [] : [{ type: 'Role', id: held.role }])),
  };
};

/** `asked`: its parent is told as an attribute too. Of every pool would be as true, and half as fast. */
const poolEntity = ({ id, parentId }: PoolNode, asked: boolean): EntityJson => {
  const parent = parentId === undefined ? undefined : pool(parentId);
  return {
    uid: pool(id),
    attrs: asked && parent ? { parent: reference(parent) } : {},
    parents: [parent ?? organization],
  };
};

const resourceEntity = (poolId: string, ownerId: string): EntityJson => ({
  uid: resource,
  attrs: { owner: reference({ type: 'User', id: ownerId }) },
  parents: [pool(poolId)],
});

/** What Cedar decides by these policies. */
export const cedar = (policies: string): ((question: Question) => boolean) => {
  const policySetId = randomUUID();
  const parsed = preparsePolicySet(policySetId, { staticPolicies: policies });
  if (parsed.type === 'failure') throw new Error(JSON.stringify(parsed.errors));
  return ({ pools, assignments, action, poolId, resourceOf, newParentId }) => {
    const entities = [userEntity(assignments), ...pools.map((each) => poolEntity(each, each.id === poolId))];
    if (poolId !== undefined && resourceOf) entities.push(resourceEntity(poolId, resourceOf));
    const place = poolId === undefined ? organization : pool(poolId);
    const answer = statefulIsAuthorized({
      principal: asker,
      action: { type: 'Action', id: action },
      resource: resourceOf ? resource : place,
      context: { newParent: reference(pool(newParentId)) },
      preparsedPolicySetId: policySetId,
      entities,
    });
    // A policy that fails to evaluate is skipped: it would hide what it forbids or permits.
    if (answer.type === 'failure' || answer.response.diagnostics.errors.length > 0)
      throw new Error(JSON.stringify(answer));
    return answer.response.decision === 'allow';
  };
};
