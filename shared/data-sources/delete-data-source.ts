import type { Member } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { fail, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';
import type { dataSourceRoutes } from './data-source-routes.ts';
import { parseDataSource } from './data-source.ts';

type DeleteDataSource = typeof dataSourceRoutes.deleteDataSource;

export const deleteDataSource: Operation<DeleteDataSource> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Member,
  { params, ifMatch }: Input<DeleteDataSource>,
): Promise<Result<undefined, Failure | 'again'>> => {
  const { table, clock } = services;
  const organizationId = actor.organization.id;
  const key = keys.dataSource(organizationId, params.dataSourceId);
  const item = await table.get(key);
  if (!item) return fail('data_source_not_found');
  const { id, type, name, accountId, version } = parseDataSource(item);
  if (ifMatch !== undefined && ifMatch !== version) return fail('stale_version');
  return written(
    await table.transact([
      erase(key, guard(equal('version', version), 'again' as const)),
      erase(keys.dataSourceAccount(organizationId, type, accountId)),
      stillOrganizationManager(actor),
      auditBy(services, actor, clock.now(), 'data_source_deleted', [id], { type, name, accountId }),
    ]),
    undefined,
  );
};
