import * as z from 'zod';
import { onOrganization } from '../api/access.ts';
import { route } from '../api/route.ts';
import { id, inOrganization, instant, listOf, none, paging, version } from '../api/schemas.ts';
import { cognitoClientIdLettersMax } from '../limits.ts';
import { roleAssignments, roleView } from '../roles/role-schemas.ts';
import { serviceAccountName } from './service-account.ts';

export const serviceAccountView = z
  .object({
    id,
    name: z.string(),
    clientId: z.string().meta({ description: 'The id of the app client whose access tokens the machine uses.' }),
    roles: z.array(roleView),
    createdAt: instant,
    lastSeenAt: z.iso.date().optional(),
    version,
  })
  .meta({ id: 'ServiceAccount' });

const aServiceAccount = z.strictObject({ organizationId: id, serviceAccountId: id });

export const serviceAccountRoutes = {
  listServiceAccounts: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/service-accounts',
    access: onOrganization('manage_service_accounts'),
    params: inOrganization,
    query: z.strictObject(paging),
    body: undefined,
    status: 200,
    response: listOf(serviceAccountView),
    errors: ['invalid_cursor'],
  }),
  createServiceAccount: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/service-accounts',
    access: onOrganization('manage_service_accounts'),
    params: inOrganization,
    query: none,
    body: z.strictObject({
      name: serviceAccountName,
      clientId: z
        .string()
        .regex(
          new RegExp(`^[\\w+-]{1,${cognitoClientIdLettersMax}}$`),
          `Only letters, digits and the characters _, + and -, at most ${cognitoClientIdLettersMax}.`,
        ),
      roles: roleAssignments,
    }),
    status: 201,
    response: serviceAccountView,
    errors: ['unknown_pool', 'unknown_client', 'service_account_exists', 'idempotency_key_reused'],
  }),
  changeServiceAccountRoles: route({
    method: 'PUT',
    path: '/v1/organizations/{organizationId}/service-accounts/{serviceAccountId}/roles',
    access: onOrganization('manage_service_accounts'),
    params: aServiceAccount,
    query: none,
    body: z.strictObject({ roles: roleAssignments }),
    status: 200,
    response: serviceAccountView,
    errors: ['service_account_not_found', 'unknown_pool', 'stale_version'],
  }),
  deleteServiceAccount: route({
    method: 'DELETE',
    path: '/v1/organizations/{organizationId}/service-accounts/{serviceAccountId}',
    access: onOrganization('manage_service_accounts'),
    params: aServiceAccount,
    query: none,
    body: undefined,
    status: 204,
    response: z.undefined(),
    errors: ['service_account_not_found', 'stale_version'],
  }),
};
