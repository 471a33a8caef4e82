import { encodeCursor } from '../api/cursor.ts';
import { listPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import { ok } from '../result.ts';
import { keys, partitions } from '../table/keys.ts';
import { serviceAccountRoutes } from './service-account-routes.ts';
import { serviceAccountView } from './service-account-view.ts';
import { parseServiceAccount } from './service-account.ts';

const page = listPage('service-accounts', (organizationId) => ({ pk: partitions.serviceAccounts(organizationId) }));

export const listServiceAccounts = operation(
  serviceAccountRoutes.listServiceAccounts,
  { queries: page.queries },
  async ({ table }, { organization, query, tree }) => {
    const found = await page.read(table, organization.id, query);
    if (!found.ok) return found;
    const records = await table.batchGet(found.value.items.map(({ sk }) => keys.user(organization.id, sk)));
    const pools = await tree();
    const items = records
      .filter((item) => item?.status === 'active')
      .map((item) => serviceAccountView(parseServiceAccount(item), pools));
    return ok({ items, ...encodeCursor(found.value.list, found.value.next) });
  },
);
