import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { failAt } from '../result.ts';
import { committed } from '../retry.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment } from '../roles/role.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { partitions } from '../table/keys.ts';
import { serviceAccountRoutes } from './service-account-routes.ts';
import { serviceAccountView } from './service-account-view.ts';
import { bindingWrites, type ServiceAccount } from './service-account.ts';

export const createServiceAccount = operation(
  serviceAccountRoutes.createServiceAccount,
  {},
  async (
    { tenantTable, ids, directory },
    { actor, organization, body, now, tree: readTree, stillAllowed, remember },
  ) => {
    const { name, clientId, roles } = body;
    const tree = await readTree();
    const known = requireKnownPools(tree, { assignments: roles, pointer: '/roles' });
    if (!known.ok) return known;
    if (!(await directory.findMachine(clientId)))
      return failAt(
        '/clientId',
        'unknown_client',
        'No such client for machines.',
        'Name an app client of this installation that may use client_credentials.',
      );

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
    const details = { name, clientId, roles: roles.map(formatAssignment) };
    const view = serviceAccountView(account, tree);
    const transaction = await tenantTable(organization.id, partitions.person(clientId)).transact([
      ...remember(view),
      ...bindingWrites(organization.id, account, actor.userId),
      treeUnchanged(organization.id, organization.treeVersion),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'service_account_created', [account], details, nameOfPool(tree)),
    ]);
    return committed(transaction, view);
  },
);
