import { acceptanceRoutes, rewrittenLinkRoutes } from '../invites/acceptance-routes.ts';
import { inviteRoutes } from '../invites/invite-routes.ts';
import { auditRoutes } from '../organizations/audit-routes.ts';
import { organizationRoutes } from '../organizations/organization-routes.ts';
import { consoleRoutes } from '../platform/console-routes.ts';
import { platformRoutes } from '../platform/platform-routes.ts';
import { poolRoutes } from '../pools/pool-routes.ts';
import { meRoutes } from '../me/me-routes.ts';
import { resourceRoutes } from '../resources/resource-routes.ts';
import { serviceAccountRoutes } from '../service-accounts/service-account-routes.ts';
import { permissionRoutes } from '../permissions/permission-routes.ts';
import { totalsRoutes } from '../totals/totals-routes.ts';
import { userRoutes } from '../users/user-routes.ts';
import { flatten } from '../flatten.ts';
import { settingsRoutes } from './settings-features.ts';

/** The routes of the API, in groups. Each group is served by one function. */
const apiGroups = {
  me: meRoutes,
  organizations: { ...organizationRoutes, ...totalsRoutes, ...auditRoutes },
  users: userRoutes,
  permissions: permissionRoutes,
  serviceAccounts: serviceAccountRoutes,
  pools: poolRoutes,
  resources: resourceRoutes,
  ...settingsRoutes,
  invites: inviteRoutes,
  accept: acceptanceRoutes,
  platform: platformRoutes,
};

/** All groups of routes, including those of pages, which are not part of the API. Each group is served by one function. */
export const routeGroups = {
  ...apiGroups,
  accept: { ...acceptanceRoutes, ...rewrittenLinkRoutes },
  console: consoleRoutes,
};

/** Every route of the API, by the name of its operation. */
export const routes = flatten(apiGroups);

export type RouteName = keyof typeof routes;
