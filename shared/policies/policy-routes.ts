import * as z from 'zod';
import { onOrganization, reading } from '../api/access.ts';
import { route } from '../api/route.ts';
import { id, inOrganization, listOf, none, paging } from '../api/schemas.ts';
import { policyChange, policyInput, policyTypes, policyView } from './policy-settings.ts';

const aPolicy = z.strictObject({ organizationId: id, policyId: id });

const namesNobody = ['unknown_pool', 'unknown_user', 'owner_inactive', 'unknown_data_source'] as const;

export const policyRoutes = {
  listPolicies: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/policies',
    access: reading,
    params: inOrganization,
    query: z.strictObject({ type: z.enum(policyTypes).optional(), ...paging }),
    body: undefined,
    status: 200,
    response: listOf(policyView),
    errors: ['invalid_cursor'],
  }),
  createPolicy: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/policies',
    access: onOrganization('manage_policies'),
    params: inOrganization,
    query: none,
    body: policyInput,
    status: 201,
    response: policyView,
    errors: [...namesNobody, 'policy_limit_reached', 'idempotency_key_reused'],
  }),
  getPolicy: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/policies/{policyId}',
    access: reading,
    params: aPolicy,
    query: none,
    body: undefined,
    status: 200,
    response: policyView,
    errors: ['policy_not_found'],
  }),
  updatePolicy: route({
    method: 'PATCH',
    path: '/v1/organizations/{organizationId}/policies/{policyId}',
    access: onOrganization('manage_policies'),
    params: aPolicy,
    query: none,
    body: policyChange,
    status: 200,
    response: policyView,
    errors: ['policy_not_found', ...namesNobody, 'wrong_policy_type', 'stale_version'],
  }),
  deletePolicy: route({
    method: 'DELETE',
    path: '/v1/organizations/{organizationId}/policies/{policyId}',
    access: onOrganization('manage_policies'),
    params: aPolicy,
    query: none,
    body: undefined,
    status: 204,
    response: z.undefined(),
    errors: ['policy_not_found', 'stale_version'],
  }),
};
