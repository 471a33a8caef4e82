import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { findNamed } from './named-in-policy.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyView } from './policy-view.ts';
import { policyRecords } from './policy.ts';

export const getPolicy = operation(
  policyRoutes.getPolicy,
  { reads: policyRecords.keysNamed },
  async ({ table }, request) => {
    const policy = await policyRecords.find(table, request);
    if (!policy) return fail('policy_not_found');
    const named = await findNamed(table, request.organization.id, [policy]);
    return ok(policyView(policy, named, await request.tree(), request.organization));
  },
);
