import { operation } from '../api/operation.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { findNamedResource, resourceKeys } from './find-resources.ts';
import { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';

export const getResource = operation(
  resourceRoutes.getResource,
  { reads: resourceKeys },
  async ({ table }, request) => {
    const resource = await findNamedResource(table, request);
    if (!resource) return fail('resource_not_found');
    const ownerOf = await findOwners(table, request.organization.id, [resource.holderId]);
    return ok(resourceView(resource, ownerOf, await request.tree()));
  },
);
