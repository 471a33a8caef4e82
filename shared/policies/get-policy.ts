import { operation } from '../api/operation.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { findPolicy, policyKeys } from './find-policy.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyView, usersOfPolicy } from './policy-view.ts';

export const getPolicy = operation(policyRoutes.getPolicy, { reads: policyKeys }, async ({ table }, request) => {
  const policy = await findPolicy(table, request);
  if (!policy) return fail('policy_not_found');
  const ownerOf = await findOwners(table, request.organization.id, usersOfPolicy(policy));
  return ok(policyView(policy, ownerOf, await request.tree()));
});
