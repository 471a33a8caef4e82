import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment, sameAssignments } from '../roles/role.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { lossOfInvites } from '../users/inviter.ts';
import { serviceAccountToChange } from './find-service-account.ts';
import type { serviceAccountRoutes } from './service-account-routes.ts';
import { serviceAccountView } from './service-account-view.ts';

type ChangeRoles = typeof serviceAccountRoutes.changeServiceAccountRoles;

export const changeServiceAccountRoles: Operation<ChangeRoles> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  input: Input<ChangeRoles>,
  stale: boolean,
): Promise<Result<Output<ChangeRoles>, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const { roles } = input.body;
  const organization = await currentOrganization(table, actor, stale);
  const found = await serviceAccountToChange(table, organization.id, input);
  if (!found.ok) return found;
  const account = found.value;
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const known = requireKnownPools(tree, roles, '/roles');
  if (!known.ok) return known;
  if (sameAssignments(account.assignments, roles)) return ok(serviceAccountView(account, tree));

  const now = clock.now();
  const stored = { assignments: roles.map(formatAssignment) };
  return written(
    await table.transact([
      update(
        keys.user(organization.id, account.id),
        { set: stored, add: { version: 1 } },
        guard(equal('version', account.version), 'again' as const),
        guard(equal('status', 'active'), 'again' as const),
      ),
      ...lossOfInvites(organization.id, account, roles, actor, now),
      update(keys.membership(organization.id, account.clientId), { set: stored }),
      treeUnchanged(organization.id, organization.treeVersion),
      stillOrganizationManager(actor),
      auditBy(services, actor, now, 'service_account_roles_changed', [account.id], {
        before: account.assignments.map(formatAssignment),
        after: stored.assignments,
      }),
    ]),
    serviceAccountView({ ...account, assignments: roles, version: account.version + 1 }, tree),
  );
};
