import { operation } from '../api/operation.ts';
import { ownerKeys, ownersNamed, requireOwners } from '../assets/new-owner.ts';
import { findOwners } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import { nameAmong } from '../named.ts';
import { fail, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { findUsers } from '../users/find-users.ts';
import { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { dataSourceRecords, type DataSource } from './data-source.ts';

export const updateDataSource = operation(
  dataSourceRoutes.updateDataSource,
  {
    reads: (asked) => [...dataSourceRecords.keysNamed(asked), ...ownerKeys(asked.organizationId, asked.body.ownerId)],
    versioned: ({ table }, request) => dataSourceRecords.find(table, request),
  },
  async ({ table, ids }, request) => {
    const { actor, organization, body, now, stillAllowed } = request;
    const before = await dataSourceRecords.find(table, request);
    if (!before) return fail('data_source_not_found');
    const owner = await requireOwners(table, organization.id, ownersNamed(body.ownerId, '/ownerId'));
    if (!owner.ok) return owner;
    const after: DataSource = {
      ...before,
      name: body.name ?? before.name,
      holderId: body.ownerId ?? before.holderId,
      version: before.version + 1,
    };
    const holderIds = [before.holderId, after.holderId];
    const ownerOf = await findOwners(table, organization.id, holderIds);
    const holders = await findUsers(table, organization.id, holderIds);
    const changes = changesBetween(before, after, ['name', 'holderId']);
    if (!changes) return ok(dataSourceView(before, ownerOf(before.holderId)));

    const transaction = await table.transact([
      dataSourceRecords.change(organization.id, before, after),
      ...owner.value,
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'data_source_changed', [after], changes, nameAmong(holders.values())),
    ]);
    return committed(transaction, dataSourceView(after, ownerOf(after.holderId)));
  },
);
