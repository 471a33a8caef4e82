import { exampleIds, exampleNewServiceAccount, exampleServiceAccount } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import type { serviceAccountRoutes } from '../service-accounts/service-account-routes.ts';

const managerOfRoot = { role: 'manager', poolId: exampleIds.rootPoolId } as const;

export const serviceAccountDocs: DocsOf<typeof serviceAccountRoutes> = {
  listServiceAccounts: {
    tag: 'Service accounts',
    summary: 'List service accounts',
    description: 'Lists the service accounts of the organization, oldest first.',
    example: { response: { items: [exampleServiceAccount] } },
  },
  createServiceAccount: {
    tag: 'Service accounts',
    summary: 'Create a service account',
    description:
      'Gives roles to a machine: an app client of this installation that gets its access tokens with the client credentials grant. The operators of the installation create app clients.',
    example: {
      body: { name: exampleServiceAccount.name, clientId: exampleIds.clientId, roles: [managerOfRoot] },
      response: exampleNewServiceAccount,
    },
  },
  changeServiceAccountRoles: {
    tag: 'Service accounts',
    summary: 'Replace the roles of a service account',
    description: 'Replaces all role assignments of a service account by the given ones. Its next request uses them.',
    example: {
      body: { roles: [{ role: 'member' }] },
      response: { ...exampleServiceAccount, roles: [{ role: 'member' }], version: 2 },
    },
  },
  deleteServiceAccount: {
    tag: 'Service accounts',
    summary: 'Delete a service account',
    description: 'Takes all roles away from a machine. Its next request to the organization is refused.',
    example: {},
  },
};
