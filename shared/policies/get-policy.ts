import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { policyRoutes } from './policy-routes.ts';
import { policyView, usersOfPolicy } from './policy-view.ts';
import { parsePolicy } from './policy.ts';

export const getPolicy: Operation<typeof policyRoutes.getPolicy> =
  ({ table, poolTree }) =>
  async ({ organization }, { params }) => {
    const item = await table.get(keys.policy(organization.id, params.policyId));
    if (!item) return fail('policy_not_found');
    const policy = parsePolicy(item);
    const ownerOf = await findOwners(table, organization.id, usersOfPolicy(policy));
    return ok(policyView(policy, ownerOf, await poolTree(table, organization.id, organization.treeVersion)));
  };
