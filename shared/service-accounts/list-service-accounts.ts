import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import type { Operation } from '../api/route.ts';
import { ok } from '../result.ts';
import { keys, partitions } from '../table/keys.ts';
import type { serviceAccountRoutes } from './service-account-routes.ts';
import { serviceAccountView } from './service-account-view.ts';
import { parseServiceAccount } from './service-account.ts';

const list = 'service-accounts';

export const listServiceAccounts: Operation<typeof serviceAccountRoutes.listServiceAccounts> =
  ({ table, poolTree }) =>
  async ({ organization }, { query }) => {
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const page = await table.query({
      pk: partitions.serviceAccounts(organization.id),
      limit: query.limit,
      ...(after.value !== undefined && { after: after.value }),
    });
    const records = await table.batchGet(page.items.map(({ sk }) => keys.user(organization.id, sk)));
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const items = records
      .filter((item) => item?.status === 'active')
      .map((item) => serviceAccountView(parseServiceAccount(item), tree));
    return ok({ items, ...encodeCursor(list, page.next) });
  };
