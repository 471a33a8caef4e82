import { operation } from '../api/operation.ts';
import { findNewOwner, ownerKeys } from '../assets/new-owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { committed } from '../retry.ts';
import { absent } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put } from '../table/write.ts';
import { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { dataSourceRecords, type DataSource } from './data-source.ts';

export const createDataSource = operation(
  dataSourceRoutes.createDataSource,
  { reads: ({ organizationId, body }) => ownerKeys(organizationId, body.ownerId) },
  async ({ table, ids }, { actor, organization, body, now, stillAllowed, remember }) => {
    const { ownerId, ...content } = body;
    const assigned = await findNewOwner(table, actor, ownerId, '/ownerId');
    if (!assigned.ok) return assigned;
    const { owner, stillActive } = assigned.value;

    const source: DataSource = {
      id: ids.next('src'),
      ...content,
      holderId: owner.id,
      createdAt: now,
      version: 1,
    };
    const account = keys.dataSourceAccount(organization.id, source.type, source.accountId);
    const view = dataSourceView(source, owner);
    const transaction = await table.transact([
      ...remember(view),
      dataSourceRecords.add(organization.id, source),
      put({ ...account, dataSourceId: source.id }, guard(absent('pk'), 'data_source_exists')),
      ...stillActive,
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'data_source_created', [source], content),
    ]);
    return committed(transaction, view);
  },
);
