import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { findResource } from './find-resources.ts';
import type { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';

export const getResource: Operation<typeof resourceRoutes.getResource> =
  ({ table, poolTree }) =>
  async ({ organization }, { params }) => {
    const resource = await findResource(table, organization.id, params.resourceId);
    if (!resource) return fail('resource_not_found');
    const ownerOf = await findOwners(table, organization.id, [resource.holderId]);
    return ok(resourceView(resource, ownerOf, await poolTree(table, organization.id, organization.treeVersion)));
  };
