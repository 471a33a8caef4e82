import type { Output } from '../api/route.ts';
import type { OwnerOf } from '../assets/owner.ts';
import type { dataSourceRoutes } from './data-source-routes.ts';
import type { DataSource } from './data-source.ts';

export const dataSourceView = (
  { id, type, name, accountId, holderId, createdAt, version }: DataSource,
  ownerOf: OwnerOf,
): Output<typeof dataSourceRoutes.getDataSource> => ({
  id,
  type,
  name,
  accountId,
  ownerId: ownerOf(holderId).id,
  createdAt,
  version,
});
