import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeAll, expect, test } from 'vitest';
import { findActor } from '../../functions/http/actor.ts';
import type { Services } from '../../shared/ports.ts';
import { accessPatterns, authorizationRead } from '../../shared/table/access-patterns.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { getInvite } from '../../shared/invites/get-invite.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { lookUpInvite } from '../../shared/invites/look-up-invite.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { listAuditEvents } from '../../shared/organizations/list-audit-events.ts';
import { listOrganizations } from '../../shared/organizations/list-organizations.ts';
import { updateOrganization } from '../../shared/organizations/update-organization.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { getPool } from '../../shared/pools/get-pool.ts';
import { listPools } from '../../shared/pools/list-pools.ts';
import { checkPermissions } from '../../shared/permissions/check-permissions.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { getMyUser } from '../../shared/users/get-my-user.ts';
import { getUser } from '../../shared/users/get-user.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { meter, type Cost } from '../support/measure.ts';
import { actorOf, servicesOf } from '../support/operations.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let members: TestMember[];

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  members = [];
  for (let count = 0; count < 9; count += 1)
    members.push(await newMember(stack, organization, [{ role: 'engineer', poolId: web }]));
});

type Result = Promise<{ ok: boolean; error?: unknown }>;

/** What an operation asks of the table, once the organization's pools are cached. The pipeline's own read comes before. */
const costOf = async (
  run: (services: Services) => Result,
  organizationId: string | undefined = organization.id,
): Promise<Cost> => {
  const { cost, measured } = meter();
  const services = servicesOf(organizationId, measured);
  const { treeVersion } = (await actorOf(organization.id, organization.manager)).organization;
  const tree = await services.poolTree(servicesOf(organization.id).table, organization.id, treeVersion);
  const result = await run({ ...services, poolTree: async () => tree });
  expect(result).toMatchObject({ ok: true });
  return cost;
};

const paging = { limit: 50 };

const runs: Record<keyof typeof accessPatterns, () => Promise<Cost>> = {
  createOrganization: async () => {
    const { personId } = await stack.newPerson(newEmail());
    return costOf(
      (services) =>
        createOrganization(services)({ personId, requestId: 'r' }, { params: {}, query: {}, body: { name: 'New' } }),
      undefined,
    );
  },
  listOrganizations: () =>
    costOf(
      (services) =>
        listOrganizations(services)(
          { ...organization.manager, requestId: 'r' },
          { params: {}, query: {}, body: undefined },
        ),
      undefined,
    ),
  getOrganization: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      getOrganization(services)(actor, { params: organization.params, query: {}, body: undefined }),
    );
  },
  updateOrganization: async () => {
    const fresh = await newOrganization(stack);
    const actor = await actorOf(fresh.id, fresh.manager);
    return costOf(
      (services) => updateOrganization(services)(actor, { params: fresh.params, query: {}, body: { name: 'Renamed' } }),
      fresh.id,
    );
  },
  listAuditEvents: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      listAuditEvents(services)(actor, { params: organization.params, query: { limit: 10 }, body: undefined }),
    );
  },
  listUsers: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      listUsers(services)(actor, { params: organization.params, query: paging, body: undefined }),
    );
  },
  getUser: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    const params = { ...organization.params, userId: actor.userId };
    return costOf((services) => getUser(services)(actor, { params, query: {}, body: undefined }));
  },
  getMyUser: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      getMyUser(services)(actor, { params: organization.params, query: {}, body: undefined }),
    );
  },
  checkPermissions: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    const checks = Array.from({ length: 50 }, () => ({ action: 'create_pool' as const, poolId: web }));
    const body = { userId: members[1]?.userId ?? '', checks };
    return costOf((services) => checkPermissions(services)(actor, { params: organization.params, query: {}, body }));
  },
  changeRoles: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    const params = { ...organization.params, userId: members.at(-1)?.userId ?? '' };
    return costOf((services) =>
      changeRoles(services)(actor, { params, query: {}, body: { roles: [{ role: 'manager', poolId: web }] } }),
    );
  },
  removeUser: async () => {
    const second = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const actor = await actorOf(organization.id, organization.manager);
    const params = { ...organization.params, userId: second.userId };
    const query = { successorId: members[0]?.userId ?? '', pendingInvites: 'keep' as const };
    return costOf((services) => removeUser(services)(actor, { params, query, body: undefined }));
  },
  createPool: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      createPool(services)(actor, { params: organization.params, query: {}, body: { name: 'New', parentId: web } }),
    );
  },
  getPool: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      getPool(services)(actor, { params: { ...organization.params, poolId: web }, query: {}, body: undefined }),
    );
  },
  listPools: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      listPools(services)(actor, { params: organization.params, query: {}, body: undefined }),
    );
  },
  inviteUsers: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    const body = {
      emails: Array.from({ length: 30 }, () => newEmail()),
      roles: [{ role: 'member' as const }],
      dryRun: false,
    };
    return costOf((services) => inviteUsers(services)(actor, { params: organization.params, query: {}, body }));
  },
  listInvites: async () => {
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      listInvites(services)(actor, { params: organization.params, query: { limit: 10 }, body: undefined }),
    );
  },
  getInvite: async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      getInvite(services)(actor, { params: { ...organization.params, inviteId }, query: {}, body: undefined }),
    );
  },
  revokeInvite: async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) =>
      revokeInvite(services)(actor, { params: { ...organization.params, inviteId }, query: {}, body: undefined }),
    );
  },
  resendInvite: async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    const actor = await actorOf(organization.id, organization.manager);
    return costOf((services) => {
      const clock = { ...services.clock, now: () => new Date(stack.now() + 61_000).toISOString() };
      return resendInvite({ ...services, clock })(actor, {
        params: { ...organization.params, inviteId },
        query: {},
        body: undefined,
      });
    });
  },
  lookUpInvite: async () => {
    const { token } = await inviteByMail(stack, organization, newEmail());
    return costOf(
      (services) => lookUpInvite(services)({ requestId: 'r' }, { params: {}, query: {}, body: { token } }),
      undefined,
    );
  },
  acceptInvite: async () => {
    const { token } = await inviteByMail(stack, organization, newEmail());
    const body = { token, name: 'Ada Lovelace', password };
    return costOf((services) => acceptInvite(services)({ requestId: 'r' }, { params: {}, query: {}, body }), undefined);
  },
  declineInvite: async () => {
    const { token } = await inviteByMail(stack, organization, newEmail());
    return costOf(
      (services) => declineInvite(services)({ requestId: 'r' }, { params: {}, query: {}, body: { token } }),
      undefined,
    );
  },
};

test.each(Object.keys(runs) as (keyof typeof runs)[])(
  '%s costs what the table of access patterns says',
  async (operation) => {
    const { requests, written, readUnits, writeUnits } = accessPatterns[operation];
    expect(await runs[operation]()).toEqual({ requests, written, readUnits, writeUnits });
  },
);

test('the first read of every request of a member costs what the table says', async () => {
  const { cost, measured } = meter();
  const event = {
    requestContext: { authorizer: { jwt: { claims: { token_use: 'access', sub: organization.manager.personId } } } },
  };
  const services = servicesOf(organization.id, measured);
  const found = await findActor('read', event as unknown as APIGatewayProxyEventV2, 'r', services, organization.id);
  expect(found.ok).toBe(true);
  expect(cost).toMatchObject({
    requests: authorizationRead.requests,
    readUnits: authorizationRead.readUnits,
    written: 0,
  });
});
