import { operation } from '../api/operation.ts';
import { findNewOwner } from '../assets/new-owner.ts';
import { holderOwns } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { policiesMax } from '../limits.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { absent, anyOf, below } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { namedKeys, requireNamed } from './named-in-policy.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyView } from './policy-view.ts';
import { policyRecords, type Policy } from './policy.ts';

export const createPolicy = operation(
  policyRoutes.createPolicy,
  { reads: ({ organizationId, body }) => namedKeys(organizationId, body) },
  async ({ table, ids }, { actor, organization, body, now, tree: readTree, stillAllowed, remember }) => {
    const { ownerId, ...content } = body;
    const tree = await readTree();
    const [owner, named] = await Promise.all([
      findNewOwner(table, actor, ownerId, '/ownerId'),
      requireNamed(table, organization.id, tree, content),
    ]);
    if (!named.ok) return named;
    if (!owner.ok) return owner;

    const policy: Policy = { id: ids.next('pol'), holderId: owner.value.id, content, createdAt: now, version: 1 };
    const view = policyView(policy, holderOwns, tree);
    const transaction = await table.transact([
      ...remember(view),
      policyRecords.add(organization.id, policy),
      update(
        keys.organization(organization.id),
        { add: { policies: 1 } },
        guard(anyOf(absent('policies'), below('policies', policiesMax)), 'policy_limit_reached'),
      ),
      ...owner.value.stillActive,
      ...named.value,
      treeUnchanged(organization.id, organization.treeVersion),
      ...stillAllowed,
      auditBy({ ids }, actor, now, 'policy_created', [policy.id], { ...content }),
    ]);
    return committed(transaction, view);
  },
);
