import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import { firstName, nameAmong } from '../named.ts';
import { fail, ok, type Result } from '../result.ts';
import { storesAmount } from '../organizations/currency.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { findUsers } from '../users/find-users.ts';
import { findNamed, namedKeys, requireNamed, usersOfPolicy } from './named-in-policy.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyChange, policyInput } from './policy-settings.ts';
import { policyView } from './policy-view.ts';
import { amountOf, namedPolicy, policyRecords, type Policy } from './policy.ts';

export const updatePolicy = operation(
  policyRoutes.updatePolicy,
  {
    reads: (asked) => [...policyRecords.keysNamed(asked), ...namedKeys(asked.organizationId, asked.body)],
    versioned: ({ table }, request) => policyRecords.find(table, request),
  },
  async ({ table, ids }, request) => {
    const { actor, organization, body, now, stillAllowed } = request;
    const before = await policyRecords.find(table, request);
    if (!before) return fail('policy_not_found');
    const changed = changePolicy(before, body);
    if (!changed.ok) return changed;
    const after = changed.value;
    const tree = await request.tree();
    const known = await requireNamed(table, organization.id, tree, body);
    if (!known.ok) return known;
    const named = await findNamed(table, organization.id, [before, after]);
    const changes = changesBetween(before, after, ['holderId', 'content']);
    if (!changes) return ok(policyView(before, named, tree, organization));

    const users = await findUsers(table, organization.id, [before, after].flatMap(usersOfPolicy));
    const nameOf = firstName(nameOfPool(tree), nameAmong([...users.values(), ...named.sources.values()]));
    const transaction = await table.transact([
      policyRecords.change(organization.id, before, after),
      ...known.value,
      treeUnchanged(organization.id, organization.treeVersion),
      ...storesAmount(organization, amountOf(after.content)),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'policy_changed', [namedPolicy(after)], changes, nameOf),
    ]);
    return committed(transaction, policyView(after, named, tree, organization));
  },
);

/**
 * The names of the settings that this version of Roster validates. Settings that a newer version stored are kept unchanged, and so
 * are the stored filters unless the request replaces them.
 */
const knownSettings: ReadonlySet<string> = new Set(['type', ...Object.keys(policyChange.shape)]);

/** The changed policy, or an error for each setting that does not fit the type of the policy. */
const changePolicy = (
  before: Policy,
  { ownerId = before.holderId, ...changes }: Input<typeof policyRoutes.updatePolicy>['body'],
): Result<Policy> => {
  const isChecked = (name: string): boolean => knownSettings.has(name) && (name !== 'filters' || name in changes);
  const kept = Object.fromEntries(Object.entries(before.content).filter(([name]) => !isChecked(name)));
  const merged = Object.entries({ ...before.content, ...changes }).filter(
    ([name, value]) => isChecked(name) && value !== null,
  );
  const content = policyInput.safeParse(Object.fromEntries(merged));
  if (content.success)
    return ok({
      ...before,
      holderId: ownerId,
      content: { ...kept, ...content.data },
      version: before.version + 1,
    });
  const errors = content.error.issues.flatMap((issue) =>
    (issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('/')]).map((field) => ({
      pointer: `/${field}`,
      code: 'wrong_policy_type' as const,
      detail: `A policy of type ${before.content.type} takes no such value here.`,
    })),
  );
  return fail('wrong_policy_type', undefined, { errors });
};
