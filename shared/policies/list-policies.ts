import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { ok } from '../result.ts';
import { partitions, prefixes } from '../table/keys.ts';
import type { policyRoutes } from './policy-routes.ts';
import { policyView, usersOfPolicy } from './policy-view.ts';
import { parsePolicy } from './policy.ts';

export const listPolicies: Operation<typeof policyRoutes.listPolicies> =
  ({ table, poolTree }) =>
  async ({ organization }, { query }) => {
    const list = JSON.stringify(['policies', query.type]);
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const page = await table.query({
      pk: partitions.settings(organization.id),
      prefix: prefixes.policies,
      limit: query.limit,
      ...(after.value !== undefined && { after: after.value }),
    });
    const policies = page.items
      .map(parsePolicy)
      .filter(({ content }) => query.type === undefined || content.type === query.type);
    const ownerOf = await findOwners(table, organization.id, policies.flatMap(usersOfPolicy));
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    return ok({
      items: policies.map((policy) => policyView(policy, ownerOf, tree)),
      ...encodeCursor(list, page.next),
    });
  };
