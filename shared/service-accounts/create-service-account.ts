import type { Member } from '../actor.ts';
import { remember } from '../api/idempotency.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment } from '../roles/role.ts';
import { absent } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { guard, put } from '../table/write.ts';
import type { serviceAccountRoutes } from './service-account-routes.ts';
import { serviceAccountView } from './service-account-view.ts';
import { machineMembershipItem, serviceAccountItem, type ServiceAccount } from './service-account.ts';

type CreateServiceAccount = typeof serviceAccountRoutes.createServiceAccount;

export const createServiceAccount: Operation<CreateServiceAccount> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { body, idempotency }: Input<CreateServiceAccount>,
  stale: boolean,
): Promise<Result<Output<CreateServiceAccount>, Failure | 'again'>> => {
  const { table, tenantTable, clock, ids, directory, poolTree } = services;
  const { name, clientId, roles } = body;
  if (idempotency?.remembered) return ok(idempotency.remembered as Output<CreateServiceAccount>);
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const known = requireKnownPools(tree, roles, '/roles');
  if (!known.ok) return known;
  if (!(await directory.findMachine(clientId)))
    return fail('unknown_client', 'Name an app client of this installation that may use client_credentials.', {
      errors: [{ pointer: '/clientId', code: 'unknown_client', detail: 'No such client for machines.' }],
    });

  const now = clock.now();
  const account: ServiceAccount = {
    id: ids.next('svc'),
    clientId,
    name,
    status: 'active',
    assignments: roles,
    invitesPassed: [],
    createdAt: now,
    version: 1,
  };
  const answer = serviceAccountView(account, tree);
  return written(
    await tenantTable(organization.id, partitions.person(clientId)).transact([
      ...remember(organization.id, idempotency, answer, now),
      put(serviceAccountItem(organization.id, account)),
      put(machineMembershipItem(organization.id, account), guard(absent('pk'), 'service_account_exists' as const)),
      put({ ...keys.serviceAccountEntry(organization.id, account.id) }),
      put({
        ...keys.personOrganization(clientId, organization.id),
        organizationId: organization.id,
        userId: account.id,
      }),
      treeUnchanged(organization.id, organization.treeVersion),
      stillOrganizationManager(actor),
      auditBy(services, actor, now, 'service_account_created', [account.id], {
        name,
        clientId,
        roles: roles.map(formatAssignment),
      }),
    ]),
    answer,
  );
};
