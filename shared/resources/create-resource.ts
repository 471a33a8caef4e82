import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { firstName, nameAmong } from '../named.ts';
import { storesAmount } from '../organizations/currency.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { additionWrite, decideAddition, readSurroundings, surroundingKeys, withIds } from './ingestion.ts';
import { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';

export const createResource = operation(
  resourceRoutes.createResource,
  { reads: (asked, services) => surroundingKeys(services, asked, [asked.body]) },
  async (services, request) => {
    const { table, ids } = services;
    const { actor, organization, body, now, remember, stillAllowed } = request;
    const tree = await request.tree();
    const [incoming] = withIds(services, [body]);
    if (!incoming) throw new Error('One item has one id');
    const surroundings = await readSurroundings(table, organization, tree, [incoming]);
    const addition = decideAddition(surroundings, request, incoming);
    if (!addition.ok) return addition;
    const { outcome, resource, checks } = addition.value;
    if (outcome !== 'created') return fail('resource_exists', `It is ${resource.id}.`);

    const view = resourceView(resource, surroundings, tree, organization);
    const nameOf = firstName(nameOfPool(tree), nameAmong([surroundings.ownerOf(resource.holderId)]));
    const details = { name: resource.name, poolId: resource.poolId, ownerId: resource.holderId };
    const transaction = await table.transact([
      ...remember(view),
      additionWrite(organization.id, addition.value),
      ...checks,
      ...storesAmount(organization, resource.monthlyCost),
      treeUnchanged(organization.id, organization.treeVersion),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'resource_created', [resource], details, nameOf),
    ]);
    return committed(transaction, view);
  },
);
