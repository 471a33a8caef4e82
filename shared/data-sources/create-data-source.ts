import { operation } from '../api/operation.ts';
import { findNewOwner, ownerKeys } from '../assets/new-owner.ts';
import { holderOwns } from '../assets/owner.ts';
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
    const owner = await findNewOwner(table, actor, ownerId, '/ownerId');
    if (!owner.ok) return owner;

    const source: DataSource = {
      id: ids.next('src'),
      ...content,
      holderId: owner.value.id,
      createdAt: now,
      version: 1,
    };
    const account = keys.dataSourceAccount(organization.id, source.type, source.accountId);
    const view = dataSourceView(source, holderOwns);
    const transaction = await table.transact([
      ...remember(view),
      dataSourceRecords.add(organization.id, source),
      put({ ...account, dataSourceId: source.id }, guard(absent('pk'), 'data_source_exists')),
      ...owner.value.stillActive,
      ...stillAllowed,
      auditBy({ ids }, actor, now, 'data_source_created', [source.id], content),
    ]);
    return committed(transaction, view);
  },
);
