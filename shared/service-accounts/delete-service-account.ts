import type { Member } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import type { Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { erase, guard, update } from '../table/write.ts';
import { lossOfInvites } from '../users/inviter.ts';
import { serviceAccountToChange } from './find-service-account.ts';
import type { serviceAccountRoutes } from './service-account-routes.ts';

type DeleteServiceAccount = typeof serviceAccountRoutes.deleteServiceAccount;

export const deleteServiceAccount: Operation<DeleteServiceAccount> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

/** The record stays, so that what the machine did keeps its name. */
const attempt = async (
  services: Services,
  actor: Member,
  input: Input<DeleteServiceAccount>,
): Promise<Result<undefined, Failure | 'again'>> => {
  const { table, tenantTable, clock } = services;
  const organizationId = actor.organization.id;
  const found = await serviceAccountToChange(table, organizationId, input);
  if (!found.ok) return found;
  const { id, clientId, version } = found.value;
  const now = clock.now();
  return written(
    await tenantTable(organizationId, partitions.person(clientId)).transact([
      update(
        keys.user(organizationId, id),
        { set: { status: 'removed' }, add: { version: 1 } },
        guard(equal('version', version), 'again' as const),
        guard(equal('status', 'active'), 'again' as const),
      ),
      ...lossOfInvites(organizationId, found.value, [], actor, now),
      erase(keys.membership(organizationId, clientId), guard(equal('userId', id), 'again' as const)),
      erase(keys.serviceAccountEntry(organizationId, id)),
      erase(keys.personOrganization(clientId, organizationId)),
      stillOrganizationManager(actor),
      auditBy(services, actor, now, 'service_account_removed', [id]),
    ]),
    undefined,
  );
};
