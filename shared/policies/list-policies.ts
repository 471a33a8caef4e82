import { encodeCursor } from '../api/cursor.ts';
import { listPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { ok } from '../result.ts';
import { findNamed } from './named-in-policy.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyView } from './policy-view.ts';
import { policyRecords } from './policy.ts';

type Filters = Input<typeof policyRoutes.listPolicies>['query'];

const page = listPage(({ type }: Filters) => JSON.stringify(['policies', type]), policyRecords.partition);

export const listPolicies = operation(
  policyRoutes.listPolicies,
  { queries: page.queries },
  async ({ table }, { organization, query, tree }) => {
    const found = await page.read(table, organization.id, query);
    if (!found.ok) return found;
    const policies = found.value.items
      .map(policyRecords.parse)
      .filter(({ content }) => query.type === undefined || content.type === query.type);
    const named = await findNamed(table, organization.id, policies);
    const pools = await tree();
    return ok({
      items: policies.map((policy) => policyView(policy, named, pools, organization)),
      ...encodeCursor(found.value.list, found.value.next),
    });
  },
);
