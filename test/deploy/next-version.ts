/** The CDK app of a version after this one, in which one function is gone and another has a new name. */
import { functionEntries } from '../../infra/constructs/bundle.ts';
import { permissions } from '../../infra/permissions.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { functionTimeoutSeconds } from '../../shared/limits.ts';

for (const byFunction of [routeGroups, functionEntries, permissions, functionTimeoutSeconds] as Record<
  string,
  unknown
>[]) {
  delete byFunction.permissions;
  byFunction.inventory = byFunction.resources;
  delete byFunction.resources;
}
await import('../../infra/app.ts');
