import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { erase, guard, update } from '../table/write.ts';
import { lossOfInvites } from '../users/inviter.ts';
import { findServiceAccount, serviceAccountKeys } from './find-service-account.ts';
import { serviceAccountRoutes } from './service-account-routes.ts';

/** The record stays, so that the audit log can still show the name of the machine. */
export const deleteServiceAccount = operation(
  serviceAccountRoutes.deleteServiceAccount,
  { reads: serviceAccountKeys, versioned: ({ table }, request) => findServiceAccount(table, request) },
  async ({ table, tenantTable, ids }, request) => {
    const { actor, organization, now, stillAllowed } = request;
    const account = await findServiceAccount(table, request);
    if (!account) return fail('service_account_not_found');
    const { id, clientId, version } = account;
    const transaction = await tenantTable(organization.id, partitions.person(clientId)).transact([
      update(
        keys.user(organization.id, id),
        { set: { status: 'removed' }, add: { version: 1 } },
        guard(equal('version', version), 'retry'),
      ),
      ...lossOfInvites(organization.id, account, [], actor, now),
      erase(keys.membership(organization.id, clientId)),
      erase(keys.serviceAccountEntry(organization.id, id)),
      erase(keys.personOrganization(clientId, organization.id)),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'service_account_removed', [account]),
    ]);
    return committed(transaction, undefined);
  },
);
