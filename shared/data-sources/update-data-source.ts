import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { requireOwners } from '../assets/new-owner.ts';
import { findOwners, holderOwns } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put } from '../table/write.ts';
import type { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { dataSourceItem, parseDataSource } from './data-source.ts';

type UpdateDataSource = typeof dataSourceRoutes.updateDataSource;

export const updateDataSource: Operation<UpdateDataSource> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Member,
  { params, body, ifMatch }: Input<UpdateDataSource>,
): Promise<Result<Output<UpdateDataSource>, Failure | 'again'>> => {
  const { table, clock } = services;
  const organizationId = actor.organization.id;
  const item = await table.get(keys.dataSource(organizationId, params.dataSourceId));
  if (!item) return fail('data_source_not_found');
  const before = parseDataSource(item);
  if (ifMatch !== undefined && ifMatch !== before.version) return fail('stale_version');
  const owner = body.ownerId
    ? await requireOwners(table, organizationId, [{ userId: body.ownerId, pointer: '/ownerId' }])
    : ok([]);
  if (!owner.ok) return owner;
  const after = {
    ...before,
    name: body.name ?? before.name,
    holderId: body.ownerId ?? before.holderId,
    version: before.version + 1,
  };
  const ownerOf = body.ownerId ? holderOwns : await findOwners(table, organizationId, [after.holderId]);
  const changes = changesBetween(before, after, ['name', 'holderId']);
  if (!changes) return ok(dataSourceView(before, ownerOf));
  return written(
    await table.transact([
      put(dataSourceItem(organizationId, after), guard(equal('version', before.version), 'again' as const)),
      ...owner.value,
      stillOrganizationManager(actor),
      auditBy(services, actor, clock.now(), 'data_source_changed', [after.id], changes),
    ]),
    dataSourceView(after, ownerOf),
  );
};
