import { acceptanceRoutes } from '../invites/acceptance-routes.ts';
import { inviteRoutes } from '../invites/invite-routes.ts';
import { auditRoutes } from '../organizations/audit-routes.ts';
import { organizationRoutes } from '../organizations/organization-routes.ts';
import { consoleRoutes } from '../platform/console-routes.ts';
import { platformRoutes } from '../platform/platform-routes.ts';
import { poolRoutes } from '../pools/pool-routes.ts';
import { meRoutes } from '../me/me-routes.ts';
import { dataSourceRoutes } from '../data-sources/data-source-routes.ts';
import { policyRoutes } from '../policies/policy-routes.ts';
import { resourceRoutes } from '../resources/resource-routes.ts';
import { serviceAccountRoutes } from '../service-accounts/service-account-routes.ts';
import { permissionRoutes } from '../permissions/permission-routes.ts';
import { userRoutes } from '../users/user-routes.ts';

/** The groups of routes that one function each serves. */
export const routeGroups = {
  me: meRoutes,
  organizations: { ...organizationRoutes, ...auditRoutes },
  users: userRoutes,
  permissions: permissionRoutes,
  serviceAccounts: serviceAccountRoutes,
  pools: poolRoutes,
  resources: resourceRoutes,
  policies: policyRoutes,
  dataSources: dataSourceRoutes,
  invites: inviteRoutes,
  accept: acceptanceRoutes,
  platform: platformRoutes,
  console: consoleRoutes,
};

/** Every route of the API, by the name of its operation. */
export const routes = {
  ...meRoutes,
  ...organizationRoutes,
  ...auditRoutes,
  ...userRoutes,
  ...permissionRoutes,
  ...serviceAccountRoutes,
  ...poolRoutes,
  ...resourceRoutes,
  ...policyRoutes,
  ...dataSourceRoutes,
  ...inviteRoutes,
  ...acceptanceRoutes,
  ...platformRoutes,
};

export type RouteName = keyof typeof routes;
