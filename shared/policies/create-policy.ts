import type { Member } from '../actor.ts';
import { remember } from '../api/idempotency.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { holderOwns } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { absent, anyOf, below } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put, update } from '../table/write.ts';
import { requireNamed } from './named-in-policy.ts';
import type { policyRoutes } from './policy-routes.ts';
import { policyView } from './policy-view.ts';
import { maximumPolicies, policyItem, type Policy } from './policy.ts';

type CreatePolicy = typeof policyRoutes.createPolicy;

export const createPolicy: Operation<CreatePolicy> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { body, idempotency }: Input<CreatePolicy>,
  stale: boolean,
): Promise<Result<Output<CreatePolicy>, Failure | 'again'>> => {
  if (idempotency?.remembered) return ok(idempotency.remembered as Output<CreatePolicy>);
  const { table, clock, ids, poolTree } = services;
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const { ownerId = actor.userId, ...content } = body;
  const named = await requireNamed(table, organization.id, tree, { ...content, ownerId });
  if (!named.ok) return named;
  const now = clock.now();
  const policy: Policy = { id: ids.next('pol'), holderId: ownerId, content, createdAt: now, version: 1 };
  const answer = policyView(policy, holderOwns, tree);
  return written(
    await table.transact([
      ...remember(organization.id, idempotency, answer, now),
      put(policyItem(organization.id, policy)),
      update(
        keys.organization(organization.id),
        { add: { policies: 1 } },
        guard(anyOf(absent('policies'), below('policies', maximumPolicies)), 'policy_limit_reached' as const),
      ),
      ...named.value,
      treeUnchanged(organization.id, organization.treeVersion),
      stillOrganizationManager(actor),
      auditBy(services, actor, now, 'policy_created', [policy.id], { ...content }),
    ]),
    answer,
  );
};
