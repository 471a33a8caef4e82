import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put } from '../table/write.ts';
import { requireNamed } from './named-in-policy.ts';
import type { policyRoutes } from './policy-routes.ts';
import { policyInput } from './policy-settings.ts';
import { policyView, usersOfPolicy } from './policy-view.ts';
import { parsePolicy, policyItem, type Policy } from './policy.ts';

type UpdatePolicy = typeof policyRoutes.updatePolicy;
type Body = Input<UpdatePolicy>['body'];

export const updatePolicy: Operation<UpdatePolicy> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { params, body, ifMatch }: Input<UpdatePolicy>,
  stale: boolean,
): Promise<Result<Output<UpdatePolicy>, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const organization = await currentOrganization(table, actor, stale);
  const item = await table.get(keys.policy(organization.id, params.policyId));
  if (!item) return fail('policy_not_found');
  const before = parsePolicy(item);
  if (ifMatch !== undefined && ifMatch !== before.version) return fail('stale_version');
  const changed = changePolicy(before, body);
  if (!changed.ok) return changed;
  const after = changed.value;
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const named = await requireNamed(table, organization.id, tree, {
    ...(body.ownerId !== undefined && { ownerId: body.ownerId }),
    ...(body.poolId && { poolId: body.poolId }),
    ...(body.filters && { filters: body.filters }),
  });
  if (!named.ok) return named;
  const ownerOf = await findOwners(table, organization.id, usersOfPolicy(after));
  const changes = changesBetween(before, after, ['holderId', 'content']);
  if (!changes) return ok(policyView(before, ownerOf, tree));
  return written(
    await table.transact([
      put(policyItem(organization.id, after), guard(equal('version', before.version), 'again' as const)),
      ...named.value,
      treeUnchanged(organization.id, organization.treeVersion),
      stillOrganizationManager(actor),
      auditBy(services, actor, clock.now(), 'policy_changed', [after.id], changes),
    ]),
    policyView(after, ownerOf, tree),
  );
};

/** The policy as it will be; what its type has no setting for is named. */
const changePolicy = (before: Policy, { ownerId = before.holderId, ...changes }: Body): Result<Policy> => {
  const merged = Object.entries({ ...before.content, ...changes }).filter(([, value]) => value !== null);
  const content = policyInput.safeParse(Object.fromEntries(merged));
  if (content.success) return ok({ ...before, holderId: ownerId, content: content.data, version: before.version + 1 });
  const errors = content.error.issues.flatMap((issue) =>
    (issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('/')]).map((field) => ({
      pointer: `/${field}`,
      code: 'wrong_policy_type',
      detail: `A policy of type ${before.content.type} takes no such value here.`,
    })),
  );
  return fail('wrong_policy_type', undefined, { errors });
};
