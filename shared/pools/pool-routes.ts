import * as z from 'zod';
import { reading, type Facts } from '../api/access.ts';
import { addressField, personName } from '../api/hidden-fields.ts';
import { route } from '../api/route.ts';
import { flag, id, inOrganization, limitAmount, listOf, none, paging, version } from '../api/schemas.ts';
import { openEnum } from '../open-enum.ts';
import { shownCurrency } from '../organizations/currency.ts';
import { roles } from '../roles/role.ts';
import { poolName } from './pool.ts';

const poolView = z
  .object({
    id,
    name: z.string(),
    parentId: id.optional().meta({ description: 'The id of the pool above. Absent: this is the root pool.' }),
    path: z
      .string()
      .meta({ description: 'The names of the pools from the root pool to this one, separated by ` / `.' }),
    defaultOwnerId: id.meta({ description: 'The id of the current owner, after all removals of users.' }),
    defaultOwnerName: personName().optional().meta({
      description: 'The name of the default owner. Absent: the list of all pools would be too large with the names.',
    }),
    monthlyLimit: z.number().optional().meta({ description: 'The limit in money a month. Absent: unlimited.' }),
    currency: shownCurrency.optional(),
    version,
  })
  .meta({ id: 'Pool' });

const aPool = z.strictObject({ organizationId: id, poolId: id });

/** Whether a request names the root pool. */
const isRoot = ({ tree, params }: Facts): boolean => {
  const pool = tree.get(params.poolId ?? '');
  return pool !== undefined && pool.parentId === undefined;
};

/** Whether a request moves a pool to another parent. The root pool has no parent and cannot be moved. */
const moves = ({ tree, params, body }: Facts): boolean => {
  const pool = tree.get(params.poolId ?? '');
  return pool?.parentId !== undefined && body.parentId !== undefined && body.parentId !== pool.parentId;
};

/** Whether a request moves a pool and changes nothing else: this requires no right to edit the pool itself. */
const onlyMoves = (facts: Facts): boolean =>
  moves(facts) && Object.entries(facts.body).every(([name, value]) => name === 'parentId' || value === undefined);

export const poolRoutes = {
  listPools: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/pools',
    access: reading,
    params: inOrganization,
    query: none,
    body: undefined,
    status: 200,
    response: z.object({ items: z.array(poolView) }),
    errors: [],
  }),
  createPool: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/pools',
    access: [{ action: 'create_pool', on: { pool: 'body.parentId', missing: 'unknown_pool' } }],
    params: inOrganization,
    query: none,
    body: z.strictObject({
      name: poolName,
      parentId: id,
      defaultOwnerId: id.optional().meta({ description: 'The id of the user. Absent: the caller.' }),
      monthlyLimit: limitAmount.optional(),
    }),
    status: 201,
    response: poolView,
    errors: [
      'unknown_pool',
      'pool_name_taken',
      'pool_too_deep',
      'pool_path_too_long',
      'pool_limit_reached',
      'monthly_limit_exceeded',
      'unknown_user',
      'owner_inactive',
      'idempotency_key_reused',
    ],
  }),
  getPool: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/pools/{poolId}',
    access: reading,
    params: aPool,
    query: none,
    body: undefined,
    status: 200,
    response: poolView,
    errors: ['pool_not_found'],
  }),
  updatePool: route({
    method: 'PATCH',
    path: '/v1/organizations/{organizationId}/pools/{poolId}',
    access: [
      {
        action: 'edit_pool',
        on: { pool: 'params.poolId', missing: 'pool_not_found' },
        when: (facts) => !onlyMoves(facts),
      },
      {
        action: 'move_pool',
        on: { pool: 'params.poolId', missing: 'pool_not_found', parent: true },
        when: (facts) => moves(facts),
      },
      { action: 'move_pool', on: { pool: 'body.parentId', missing: 'unknown_pool' }, when: (facts) => moves(facts) },
    ],
    params: aPool,
    query: none,
    body: z.strictObject({
      name: poolName.optional(),
      parentId: id.optional().meta({ description: 'The id of the pool below which the pool moves.' }),
      defaultOwnerId: id.optional(),
      monthlyLimit: limitAmount.nullable().optional(),
    }),
    status: 200,
    response: poolView,
    errors: [
      'pool_not_found',
      'pool_name_taken',
      'pool_too_deep',
      'pool_path_too_long',
      'pool_under_itself',
      'root_pool',
      'monthly_limit_exceeded',
      'unknown_pool',
      'unknown_user',
      'owner_inactive',
      'stale_version',
    ],
  }),
  deletePool: route({
    method: 'DELETE',
    path: '/v1/organizations/{organizationId}/pools/{poolId}',
    // Nobody may delete the root pool, so no right is required for it: the operation refuses the request with `root_pool`.
    access: [
      {
        action: 'delete_pool',
        on: { pool: 'params.poolId', missing: 'pool_not_found' },
        when: (facts) => !isRoot(facts),
      },
    ],
    params: aPool,
    query: none,
    body: undefined,
    status: 204,
    response: z.undefined(),
    errors: ['pool_not_found', 'pool_has_children', 'root_pool', 'parent_full', 'stale_version'],
  }),
  listPoolUsers: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/pools/{poolId}/users',
    access: reading,
    params: aPool,
    query: z.strictObject({
      subPools: flag.meta({
        description: 'Whether to include users with a role on a sub-pool.',
      }),
      ...paging,
    }),
    body: undefined,
    status: 200,
    response: listOf(
      z
        .object({
          user: z.object({ id, name: personName(), email: addressField() }),
          role: openEnum(roles),
          through: z
            .object({ poolId: id, poolName: z.string() })
            .optional()
            .meta({ description: 'The pool on which the role is held. Absent: the role is held on the organization.' }),
        })
        .meta({ id: 'PoolUser' }),
    ),
    errors: ['pool_not_found', 'invalid_cursor'],
  }),
};
