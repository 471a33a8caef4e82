import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard, update } from '../table/write.ts';
import { findPolicy, policyKeys } from './find-policy.ts';
import { policyRoutes } from './policy-routes.ts';

export const deletePolicy = operation(
  policyRoutes.deletePolicy,
  { reads: policyKeys, versioned: ({ table }, request) => findPolicy(table, request) },
  async ({ table, ids }, request) => {
    const { actor, organization, now, stillAllowed } = request;
    const policy = await findPolicy(table, request);
    if (!policy) return fail('policy_not_found');
    const { id, content, version } = policy;
    const transaction = await table.transact([
      erase(keys.policy(organization.id, id), guard(equal('version', version), 'retry')),
      update(keys.organization(organization.id), { add: { policies: -1 } }),
      ...stillAllowed,
      auditBy({ ids }, actor, now, 'policy_deleted', [id], { name: content.name, type: content.type }),
    ]);
    return committed(transaction, undefined);
  },
);
