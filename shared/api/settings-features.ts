import type { Many, SettingsKind } from '../asset-kinds.ts';
import { dataSourceAccess } from '../data-sources/data-source-access.ts';
import { dataSourceRoutes } from '../data-sources/data-source-routes.ts';
import { policyAccess } from '../policies/policy-access.ts';
import { policyRoutes } from '../policies/policy-routes.ts';
import type { AccessPattern } from '../table/access-pattern.ts';
import type { Route } from './route.ts';

/* The routes of each kind of asset that is stored in the settings partition. */

/** One group of routes per kind. Each group is served by one function: `dataSources` by `functions/http/data-sources.ts`. */
export const settingsRoutes = {
  policies: policyRoutes,
  dataSources: dataSourceRoutes,
} satisfies Record<Many<SettingsKind>, Record<string, Route>>;

/** The access patterns of these routes. */
export const settingsAccess = {
  policies: policyAccess,
  dataSources: dataSourceAccess,
} satisfies Record<Many<SettingsKind>, Record<string, AccessPattern>>;
