import { operation } from '../api/operation.ts';
import { findNewOwner } from '../assets/new-owner.ts';
import { findOwners } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { findConnected } from '../data-sources/require-data-sources.ts';
import { policiesMax } from '../limits.ts';
import { firstName, type Named } from '../named.ts';
import { storesAmount } from '../organizations/currency.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { absent, anyOf, below } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { namedKeys, requireNamed, type NamedInPolicies } from './named-in-policy.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyView } from './policy-view.ts';
import { amountOf, namedPolicy, policyRecords, type Policy } from './policy.ts';

export const createPolicy = operation(
  policyRoutes.createPolicy,
  { reads: ({ organizationId, body }) => namedKeys(organizationId, body) },
  async ({ table, ids }, { actor, organization, body, now, tree: readTree, stillAllowed, remember }) => {
    const { ownerId, ...content } = body;
    const tree = await readTree();
    const [assigned, named] = await Promise.all([
      findNewOwner(table, actor, ownerId, '/ownerId'),
      requireNamed(table, organization.id, tree, content),
    ]);
    if (!named.ok) return named;
    if (!assigned.ok) return assigned;
    const { owner, stillActive } = assigned.value;

    const policy: Policy = { id: ids.next('pol'), holderId: owner.id, content, createdAt: now, version: 1 };
    const view = policyView(policy, await namedInNew(table, organization.id, policy, owner), tree, organization);
    const nameOf = firstName(nameOfPool(tree), (id) => view.filterNames?.[id]);
    const transaction = await table.transact([
      ...remember(view),
      policyRecords.add(organization.id, policy),
      update(
        keys.organization(organization.id),
        { add: { policies: 1 } },
        guard(anyOf(absent('policies'), below('policies', policiesMax)), 'policy_limit_reached'),
      ),
      ...stillActive,
      ...named.value,
      treeUnchanged(organization.id, organization.treeVersion),
      ...storesAmount(organization, amountOf(policy.content)),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'policy_created', [namedPolicy(policy)], { ...content }, nameOf),
    ]);
    return committed(transaction, view);
  },
);

/**
 * The objects that a new policy refers to. The users and data sources of its filters were read before, because the request named
 * them. The owner may be the caller, whose record was not read.
 */
const namedInNew = async (
  table: Table,
  organizationId: string,
  { content: { filters } }: Policy,
  owner: Named,
): Promise<NamedInPolicies> => {
  const [ownerOf, sources] = await Promise.all([
    findOwners(table, organizationId, filters?.ownerIds ?? []),
    findConnected(table, organizationId, filters?.dataSourceIds ?? []),
  ]);
  return { ownerOf: (userId) => (userId === owner.id ? owner : ownerOf(userId)), sources };
};
