import type { Many, SettingsKind } from '../asset-kinds.ts';
import { dataSourceAccess } from '../data-sources/data-source-access.ts';
import { dataSourceRoutes } from '../data-sources/data-source-routes.ts';
import { policyAccess } from '../policies/policy-access.ts';
import { policyRoutes } from '../policies/policy-routes.ts';
import type { AccessPattern } from '../table/access-pattern.ts';
import type { Route } from './route.ts';

/* What each kind of asset that lies among the settings adds to the API. */

/** The group of routes that one function serves: `functions/http/data-sources.ts` those of `dataSources`. */
export const settingsRoutes = {
  policies: policyRoutes,
  dataSources: dataSourceRoutes,
} satisfies Record<Many<SettingsKind>, Record<string, Route>>;

/** How these routes use the table. */
export const settingsAccess = {
  policies: policyAccess,
  dataSources: dataSourceAccess,
} satisfies Record<Many<SettingsKind>, Record<string, AccessPattern>>;
