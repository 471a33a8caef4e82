import * as z from 'zod';
import { route } from '../api/route.ts';
import { id, inOrganization, money, none, version } from '../api/schemas.ts';
import { poolName } from './pool.ts';

const poolView = z
  .object({
    id,
    name: z.string(),
    parentId: id.optional().meta({ description: 'Absent: the root pool.' }),
    path: z.string().meta({ description: 'Names from the root down, ` / ` between them.' }),
    defaultOwnerId: id.meta({ description: 'Who owns it now, after all removals.' }),
    monthlyLimit: z.number().optional().meta({ description: 'Absent: unlimited.' }),
    version,
  })
  .meta({ id: 'Pool' });

export const poolRoutes = {
  listPools: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/pools',
    summary: 'All pools, parents before their children.',
    access: 'read',
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
    summary: 'Create a sub-pool. Names are unique among siblings, in any case.',
    access: 'create_pool',
    params: inOrganization,
    query: none,
    body: z.strictObject({
      name: poolName,
      parentId: id,
      defaultOwnerId: id.optional().meta({ description: 'Absent: the caller.' }),
      monthlyLimit: money.optional(),
    }),
    status: 201,
    response: poolView,
    errors: [
      'pool_not_found',
      'pool_name_taken',
      'pool_too_deep',
      'pool_path_too_long',
      'pool_limit_reached',
      'unknown_user',
      'owner_inactive',
      'idempotency_key_reused',
    ],
  }),
  getPool: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/pools/{poolId}',
    summary: 'A pool.',
    access: 'read',
    params: z.strictObject({ organizationId: id, poolId: id }),
    query: none,
    body: undefined,
    status: 200,
    response: poolView,
    errors: ['pool_not_found'],
  }),
};
