import { remember } from '../api/idempotency.ts';
import type { Operation, Output } from '../api/route.ts';
import { requireOwners } from '../assets/new-owner.ts';
import { holderOwns } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail, ok } from '../result.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { absent } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put } from '../table/write.ts';
import type { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { dataSourceItem, type DataSource } from './data-source.ts';

type CreateDataSource = typeof dataSourceRoutes.createDataSource;

export const createDataSource: Operation<CreateDataSource> =
  (services) =>
  async (actor, { body, idempotency }) => {
    if (idempotency?.remembered) return ok(idempotency.remembered as Output<CreateDataSource>);
    const { table, clock, ids } = services;
    const { organization, userId } = actor;
    const { ownerId = userId, ...given } = body;
    const owner = await requireOwners(table, organization.id, [{ userId: ownerId, pointer: '/ownerId' }]);
    if (!owner.ok) return owner;
    const now = clock.now();
    const source: DataSource = { id: ids.next('src'), ...given, holderId: ownerId, createdAt: now, version: 1 };
    const answer = dataSourceView(source, holderOwns);
    const account = keys.dataSourceAccount(organization.id, source.type, source.accountId);
    const written = await table.transact([
      ...remember(organization.id, idempotency, answer, now),
      put(dataSourceItem(organization.id, source)),
      put({ ...account, dataSourceId: source.id }, guard(absent('pk'), 'data_source_exists' as const)),
      ...owner.value,
      stillOrganizationManager(actor),
      auditBy(services, actor, now, 'data_source_created', [source.id], given),
    ]);
    return written.ok ? ok(answer) : fail(written.error);
  };
