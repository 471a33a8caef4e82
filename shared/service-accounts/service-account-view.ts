import type { Output } from '../api/route.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { roleViews } from '../users/user-view.ts';
import type { serviceAccountRoutes } from './service-account-routes.ts';
import type { ServiceAccount } from './service-account.ts';

export const serviceAccountView = (
  account: ServiceAccount,
  tree: PoolTree,
): Output<typeof serviceAccountRoutes.createServiceAccount> => ({
  id: account.id,
  name: account.name,
  clientId: account.clientId,
  roles: roleViews(account.assignments, tree),
  createdAt: account.createdAt,
  ...(account.lastSeenAt && { lastSeenAt: account.lastSeenAt }),
  version: account.version,
});
