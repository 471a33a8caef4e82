import { createResource } from '../../shared/resources/create-resource.ts';
import { deleteResource } from '../../shared/resources/delete-resource.ts';
import { getResource } from '../../shared/resources/get-resource.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { resourceRoutes } from '../../shared/resources/resource-routes.ts';
import { updateResource } from '../../shared/resources/update-resource.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(resourceRoutes, {
  listResources,
  createResource,
  ingestResources,
  getResource,
  updateResource,
  deleteResource,
});
