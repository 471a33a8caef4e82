import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment, sameAssignments } from '../roles/role.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { lossOfInvites } from '../users/inviter.ts';
import { findServiceAccount, serviceAccountKeys } from './find-service-account.ts';
import { serviceAccountRoutes } from './service-account-routes.ts';
import { serviceAccountView } from './service-account-view.ts';

export const changeServiceAccountRoles = operation(
  serviceAccountRoutes.changeServiceAccountRoles,
  { reads: serviceAccountKeys, versioned: ({ table }, request) => findServiceAccount(table, request) },
  async ({ table, ids }, request) => {
    const { actor, organization, body, now, stillAllowed } = request;
    const account = await findServiceAccount(table, request);
    if (!account) return fail('service_account_not_found');
    const { roles } = body;
    const tree = await request.tree();
    const known = requireKnownPools(tree, { assignments: roles, pointer: '/roles' });
    if (!known.ok) return known;
    if (sameAssignments(account.assignments, roles)) return ok(serviceAccountView(account, tree));

    const stored = { assignments: roles.map(formatAssignment) };
    const changes = { before: account.assignments.map(formatAssignment), after: stored.assignments };
    const transaction = await table.transact([
      update(
        keys.user(organization.id, account.id),
        { set: stored, add: { version: 1 } },
        guard(equal('version', account.version), 'retry'),
      ),
      ...lossOfInvites(organization.id, account, roles, actor, now),
      update(keys.membership(organization.id, account.clientId), { set: stored }),
      treeUnchanged(organization.id, organization.treeVersion),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'service_account_roles_changed', [account], changes, nameOfPool(tree)),
    ]);
    return committed(
      transaction,
      serviceAccountView({ ...account, assignments: roles, version: account.version + 1 }, tree),
    );
  },
);
