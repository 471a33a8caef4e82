import { exampleIds, exampleResource } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import { resourcesPerRequestMax } from '../limits.ts';
import type { resourceRoutes } from '../resources/resource-routes.ts';

const newResource = {
  name: exampleResource.name,
  type: exampleResource.type,
  poolId: exampleIds.poolId,
  ownerId: exampleIds.userId,
  dataSourceId: exampleIds.dataSourceId,
  externalId: exampleResource.externalId,
  monthlyCost: exampleResource.monthlyCost,
  tags: exampleResource.tags,
};

export const resourceDocs: DocsOf<typeof resourceRoutes> = {
  listResources: {
    tag: 'Resources',
    summary: 'List resources',
    description:
      'Lists the resources of the organization, of a pool or of an owner, by type and name. With `subPools`, the resources of all pools below the pool are included.',
    example: { response: { items: [exampleResource] } },
  },
  createResource: {
    tag: 'Resources',
    summary: 'Create a resource',
    description: 'Adds a resource to a pool. Without an owner, it belongs to the default owner of the pool.',
    example: { body: newResource, response: { ...exampleResource, version: 1 } },
  },
  ingestResources: {
    tag: 'Resources',
    summary: 'Create or update several resources',
    description: `Adds or updates up to ${resourcesPerRequestMax} resources and returns one result for each item, in the same order. A resource that its data source sent before, identified by \`dataSourceId\` and \`externalId\`, gets the new name, tags and cost, and keeps its pool and owner. An item that is refused does not affect the others, not even if its fields are wrong.`,
    example: {
      body: { items: [newResource, { ...newResource, externalId: 'i-1', poolId: 'pool_unknown' }] },
      response: {
        results: [
          { outcome: 'updated', resource: exampleResource },
          { outcome: 'refused', code: 'unknown_pool' },
        ],
      },
    },
  },
  getResource: {
    tag: 'Resources',
    summary: 'Get a resource',
    description: 'Returns a resource with its current pool and owner.',
    example: { response: exampleResource },
  },
  updateResource: {
    tag: 'Resources',
    summary: 'Change a resource',
    description:
      'Changes the name or the tags of a resource, sets its cost, gives it to another owner, or moves it to another pool. An engineer may change the name and the tags of the resources that they own. Everything else requires the right to manage resources, in both pools if the resource is moved.',
    example: {
      body: { tags: { environment: 'staging' } },
      response: { ...exampleResource, tags: { environment: 'staging' }, version: 6 },
    },
  },
  deleteResource: {
    tag: 'Resources',
    summary: 'Delete a resource',
    description: 'Deletes a resource. If its data source sends it again, it is created again.',
    example: {},
  },
};
