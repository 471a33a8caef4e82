import type { Output } from '../api/route.ts';
import type { Named } from '../named.ts';
import type { dataSourceRoutes } from './data-source-routes.ts';
import type { DataSource } from './data-source.ts';

export const dataSourceView = (
  { id, type, name, accountId, createdAt, version }: DataSource,
  owner: Named,
): Output<typeof dataSourceRoutes.getDataSource> => ({
  id,
  type,
  name,
  accountId,
  ownerId: owner.id,
  ownerName: owner.name,
  createdAt,
  version,
});
