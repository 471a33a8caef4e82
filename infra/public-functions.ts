import type { Route } from '../shared/api/route.ts';
import { routeGroups } from '../shared/api/routes.ts';

/** The functions that answer clients without a token. The setting `publicConcurrency` of a stage applies to each of them. */
export const publicFunctions: ReadonlySet<string> = new Set(
  Object.entries<Record<string, Route>>(routeGroups)
    .filter(([, rows]) => Object.values(rows).some(({ access }) => access === 'public'))
    .map(([name]) => name),
);
