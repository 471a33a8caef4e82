import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { findNamedResource, resourceKeys } from './find-resources.ts';
import { findNamed } from './named-in-resources.ts';
import { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';

export const getResource = operation(
  resourceRoutes.getResource,
  { reads: resourceKeys },
  async ({ table }, request) => {
    const resource = await findNamedResource(table, request);
    if (!resource) return fail('resource_not_found');
    const named = await findNamed(table, request.organization.id, [resource]);
    return ok(resourceView(resource, named, await request.tree(), request.organization));
  },
);
