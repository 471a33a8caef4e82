import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { poolNameItem } from '../pools/pool.ts';
import { requireFit } from '../pools/tree-rules.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { buildPoolTree } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard, put, update, type Write } from '../table/write.ts';
import type { organizationRoutes } from './organization-routes.ts';
import { parseOrganization, type Organization } from './organization.ts';
import { organizationView } from './organization-view.ts';

type UpdateOrganization = typeof organizationRoutes.updateOrganization;

export const updateOrganization: Operation<UpdateOrganization> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Member,
  { body, ifMatch }: Input<UpdateOrganization>,
): Promise<Result<Output<UpdateOrganization>, Failure | 'again'>> => {
  const { table, clock } = services;
  const before = parseOrganization(await table.get(keys.organization(actor.organization.id)));
  if (ifMatch !== undefined && ifMatch !== before.version) return fail('stale_version');
  const after: Organization = { ...before, ...body, version: before.version + 1 };
  const renaming = after.name === before.name ? ok([]) : await renameRoot(services, before, after.name);
  if (!renaming.ok) return renaming;
  const result = await table.transact([
    update(
      keys.organization(before.id),
      { set: { name: after.name, inviteExpiryDays: after.inviteExpiryDays }, add: { version: 1 } },
      guard(equal('version', before.version), 'again' as const),
    ),
    ...renaming.value,
    stillOrganizationManager(actor),
    auditBy(services, actor, clock.now(), 'settings_changed', [before.id], {
      before: { name: before.name, inviteExpiryDays: before.inviteExpiryDays },
      after: { name: after.name, inviteExpiryDays: after.inviteExpiryDays },
    }),
  ]);
  return written(result, organizationView(after));
};

/** The root pool carries the organization's name. */
const renameRoot = async (
  { table, poolTree }: Services,
  { id, rootPoolId, treeVersion }: Organization,
  name: string,
): Promise<Result<Write<'again'>[]>> => {
  const tree = await poolTree(table, id, treeVersion);
  const root = tree.get(rootPoolId);
  if (!root) throw new Error(`The root pool is missing: ${rootPoolId}`);
  const fits = requireFit(
    buildPoolTree([...tree.all()].map((pool) => (pool === root ? { ...root, name } : pool))),
    root.id,
  );
  if (!fits.ok) return fits;
  const [old, renamed] = [poolNameItem(id, root), poolNameItem(id, { ...root, name })];
  return ok([
    update(
      keys.organization(id),
      { add: { treeVersion: 1 } },
      guard(equal('treeVersion', treeVersion), 'again' as const),
    ),
    update(
      keys.pool(id, rootPoolId),
      { set: { name }, add: { version: 1 } },
      guard(equal('version', root.version), 'again' as const),
    ),
    ...(old.sk === renamed.sk ? [] : [erase(old)]),
    put(renamed),
  ]);
};
