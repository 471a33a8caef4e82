import type { dataSourceRoutes } from '../data-sources/data-source-routes.ts';
import type { inviteRoutes } from '../invites/invite-routes.ts';
import type { meRoutes } from '../me/me-routes.ts';
import type { organizationRoutes } from '../organizations/organization-routes.ts';
import type { policyRoutes } from '../policies/policy-routes.ts';
import type { poolRoutes } from '../pools/pool-routes.ts';
import type { resourceRoutes } from '../resources/resource-routes.ts';
import type { serviceAccountRoutes } from '../service-accounts/service-account-routes.ts';
import type { userRoutes } from '../users/user-routes.ts';
import type { Output } from '../api/route.ts';

/* The objects in the examples of the reference. They all belong to one organization, Acme, and agree with each other. */

export const exampleIds = {
  organizationId: 'org_01JD8Z3K5V0000000000000001',
  userId: 'usr_01JD8Z3K5V0000000000000002',
  successorId: 'usr_01JD8Z3K5V0000000000000003',
  inviteId: 'inv_01JD8Z3K5V0000000000000004',
  rootPoolId: 'pool_01JD8Z3K5V0000000000000005',
  poolId: 'pool_01JD8Z3K5V0000000000000006',
  resourceId: 'res_01JD8Z3K5V0000000000000007',
  policyId: 'pol_01JD8Z3K5V0000000000000008',
  dataSourceId: 'src_01JD8Z3K5V0000000000000009',
  serviceAccountId: 'svc_01JD8Z3K5V0000000000000010',
  eventId: 'evt_01JD8Z3K5V0000000000000011',
  requestId: 'Jx3kFh2WoAMEJ5g=',
  personId: '5c1d7f0e-4a0b-4c57-9a51-0c2f4f6f2b1d',
  clientId: '3n4b5urk1ft4fl3mg5e62d9ado',
};

/** The examples of parameters, by name. */
export const exampleParameters: Readonly<Record<string, unknown>> = {
  organizationId: exampleIds.organizationId,
  userId: exampleIds.userId,
  inviteId: exampleIds.inviteId,
  poolId: exampleIds.poolId,
  resourceId: exampleIds.resourceId,
  policyId: exampleIds.policyId,
  dataSourceId: exampleIds.dataSourceId,
  serviceAccountId: exampleIds.serviceAccountId,
  successorId: exampleIds.successorId,
};

/** An example of the token after the `#` of the link in an email. Its secret opens no invite. */
export const exampleToken = `${exampleIds.organizationId}.${exampleIds.inviteId}.yVbJ0Jq3mWQ4eC1m2t9XhU6sA8rZ7kL5pN0dF3gHwTc`;

export const exampleInstant = '2026-11-02T09:30:00.000Z';

export const exampleRole = { role: 'engineer', poolId: exampleIds.poolId } as const;
export const exampleRoleView = { ...exampleRole, poolName: 'Web' } as const;

const manager = { id: exampleIds.successorId, name: 'Grace Hopper' };

export const exampleOrganization: Output<typeof organizationRoutes.getOrganization> = {
  id: exampleIds.organizationId,
  name: 'Acme',
  rootPoolId: exampleIds.rootPoolId,
  inviteExpiryDays: 7,
  currency: 'USD',
  currencyFixed: true,
  allowedDomains: ['example.com'],
  hideAddresses: false,
  requireMfa: false,
  createdAt: '2026-01-12T08:00:00.000Z',
  version: 3,
};

export const exampleUser: Output<typeof userRoutes.getUser> = {
  id: exampleIds.userId,
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  status: 'active',
  account: 'active',
  roles: [exampleRoleView],
  roleCount: 1,
  joinedAt: exampleInstant,
  lastSeenAt: '2026-11-27',
  invitedBy: manager,
  takenOverFrom: [],
  takenOverCount: 0,
  version: 4,
};

export const exampleManager: Output<typeof userRoutes.getUser> = {
  ...exampleUser,
  id: manager.id,
  email: 'grace@example.com',
  name: manager.name,
  roles: [{ role: 'organization_manager' }],
  joinedAt: exampleOrganization.createdAt,
  version: 7,
};

export const exampleNewInvite: Output<typeof inviteRoutes.getInvite> = {
  id: exampleIds.inviteId,
  email: 'alan@example.com',
  roles: [exampleRoleView],
  message: 'Welcome to the team.',
  status: 'pending',
  delivery: 'queued',
  invitedBy: manager,
  responsible: manager,
  createdAt: exampleInstant,
  expiresAt: '2026-11-09T09:30:00.000Z',
  sends: 0,
  version: 1,
};

export const exampleInvite: Output<typeof inviteRoutes.getInvite> = {
  ...exampleNewInvite,
  delivery: 'delivered',
  sentAt: '2026-11-02T09:30:04.000Z',
  sends: 1,
  version: 3,
};

export const examplePerson: Output<typeof meRoutes.getMe> = {
  id: exampleIds.personId,
  email: exampleUser.email,
  emailVerified: true,
  name: exampleUser.name,
};

export const exampleUnlimitedPool: Output<typeof poolRoutes.getPool> = {
  id: exampleIds.poolId,
  name: 'Web',
  parentId: exampleIds.rootPoolId,
  path: 'Acme / Web',
  defaultOwnerId: manager.id,
  defaultOwnerName: manager.name,
  version: 2,
};

export const examplePool: Output<typeof poolRoutes.getPool> = {
  ...exampleUnlimitedPool,
  monthlyLimit: 12_000,
  currency: exampleOrganization.currency,
};

export const exampleRootPool: Output<typeof poolRoutes.getPool> = {
  id: exampleIds.rootPoolId,
  name: exampleOrganization.name,
  path: exampleOrganization.name,
  defaultOwnerId: manager.id,
  defaultOwnerName: manager.name,
  version: 1,
};

export const exampleDataSource: Output<typeof dataSourceRoutes.getDataSource> = {
  id: exampleIds.dataSourceId,
  type: 'aws',
  name: 'Production',
  accountId: '123456789012',
  ownerId: manager.id,
  ownerName: manager.name,
  createdAt: exampleInstant,
  version: 1,
};

export const exampleResource: Output<typeof resourceRoutes.getResource> = {
  id: exampleIds.resourceId,
  name: 'web-1',
  type: 'instance',
  poolId: exampleIds.poolId,
  poolName: examplePool.name,
  ownerId: exampleUser.id,
  ownerName: exampleUser.name,
  dataSourceId: exampleIds.dataSourceId,
  dataSourceName: exampleDataSource.name,
  externalId: 'i-0abc123def4567890',
  monthlyCost: 182.5,
  currency: exampleOrganization.currency,
  tags: { environment: 'production' },
  version: 5,
};

export const examplePolicy: Output<typeof policyRoutes.getPolicy> = {
  id: exampleIds.policyId,
  type: 'budget',
  name: 'Budget of Web',
  poolId: exampleIds.poolId,
  poolName: examplePool.name,
  amount: 10_000,
  currency: exampleOrganization.currency,
  ownerId: manager.id,
  ownerName: manager.name,
  createdAt: exampleInstant,
  version: 1,
};

type ServiceAccount = Output<typeof serviceAccountRoutes.createServiceAccount>;

export const exampleNewServiceAccount: ServiceAccount = {
  id: exampleIds.serviceAccountId,
  name: 'Billing',
  clientId: exampleIds.clientId,
  roles: [{ role: 'manager', poolId: exampleIds.rootPoolId, poolName: exampleOrganization.name }],
  createdAt: exampleInstant,
  version: 1,
};

export const exampleServiceAccount: ServiceAccount = { ...exampleNewServiceAccount, lastSeenAt: '2026-11-27' };
