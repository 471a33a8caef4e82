import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { keys } from '../table/keys.ts';
import { update } from '../table/write.ts';
import { policyRoutes } from './policy-routes.ts';
import { namedPolicy, policyRecords } from './policy.ts';

export const deletePolicy = operation(
  policyRoutes.deletePolicy,
  { reads: policyRecords.keysNamed, versioned: ({ table }, request) => policyRecords.find(table, request) },
  async ({ table, ids }, request) => {
    const { actor, organization, now, stillAllowed } = request;
    const policy = await policyRecords.find(table, request);
    if (!policy) return fail('policy_not_found');
    const { content } = policy;
    const transaction = await table.transact([
      policyRecords.remove(organization.id, policy),
      update(keys.organization(organization.id), { add: { policies: -1 } }),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'policy_deleted', [namedPolicy(policy)], {
        name: content.name,
        type: content.type,
      }),
    ]);
    return committed(transaction, undefined);
  },
);
