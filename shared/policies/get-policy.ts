import { operation } from '../api/operation.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyView, usersOfPolicy } from './policy-view.ts';
import { policyRecords } from './policy.ts';

export const getPolicy = operation(
  policyRoutes.getPolicy,
  { reads: policyRecords.keysNamed },
  async ({ table }, request) => {
    const policy = await policyRecords.find(table, request);
    if (!policy) return fail('policy_not_found');
    const ownerOf = await findOwners(table, request.organization.id, usersOfPolicy(policy));
    return ok(policyView(policy, ownerOf, await request.tree()));
  },
);
