import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { treeChanges } from '../pools/change-tree.ts';
import type { Pool } from '../pools/pool.ts';
import { poolNameItem } from '../pools/pool.ts';
import { requireFit } from '../pools/tree-rules.ts';
import { ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { buildPoolTree, type PoolTree } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard, put, update, type Write } from '../table/write.ts';
import { organizationRoutes } from './organization-routes.ts';
import { organizationView } from './organization-view.ts';
import type { Organization } from './organization.ts';

export const updateOrganization = operation(
  organizationRoutes.updateOrganization,
  { versioned: async (_services, { organization }) => organization },
  async ({ table, ids }, { actor, organization: before, body, now, tree, stillAllowed }) => {
    const after: Organization = { ...before, ...body, version: before.version + 1 };
    const renaming = after.name === before.name ? ok([]) : renameRoot(before, await tree(), after.name);
    if (!renaming.ok) return renaming;
    const transaction = await table.transact([
      update(
        keys.organization(before.id),
        { set: { name: after.name, inviteExpiryDays: after.inviteExpiryDays }, add: { version: 1 } },
        guard(equal('version', before.version), 'retry'),
      ),
      ...renaming.value,
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'settings_changed', [after], {
        before: { name: before.name, inviteExpiryDays: before.inviteExpiryDays },
        after: { name: after.name, inviteExpiryDays: after.inviteExpiryDays },
      }),
    ]);
    return committed(transaction, organizationView(after));
  },
);

/** The root pool carries the organization's name. */
const renameRoot = (organization: Organization, tree: PoolTree<Pool>, name: string): Result<Write<'retry'>[]> => {
  const { id, rootPoolId } = organization;
  const root = tree.get(rootPoolId);
  if (!root) throw new Error(`The root pool is missing: ${rootPoolId}`);
  const renamed = { ...root, name };
  const fits = requireFit(buildPoolTree([...tree.all()].map((pool) => (pool === root ? renamed : pool))), root.id);
  if (!fits.ok) return fits;
  const [old, reserved] = [poolNameItem(id, root), poolNameItem(id, renamed)];
  return ok([
    ...treeChanges(organization),
    update(keys.pool(id, rootPoolId), { set: { name }, add: { version: 1 } }),
    ...(old.sk === reserved.sk ? [] : [erase(old), put(reserved)]),
  ]);
};
