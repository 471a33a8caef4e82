import { findOwners, type OwnerOf } from '../assets/owner.ts';
import { findConnected } from '../data-sources/require-data-sources.ts';
import type { Named } from '../named.ts';
import type { Table } from '../table/table.ts';
import type { Resource } from './resource.ts';

/** The current owners and the connected data sources of resources. Their pools are in the tree. */
export interface NamedInResources {
  ownerOf: OwnerOf;
  sources: ReadonlyMap<string, Named>;
}

/** Reads the owners and data sources of resources: one request per 100, and the requests of `findOwners` for removed users. */
export const findNamed = async (
  table: Table,
  organizationId: string,
  resources: readonly Resource[],
): Promise<NamedInResources> => {
  const [ownerOf, sources] = await Promise.all([
    findOwners(
      table,
      organizationId,
      resources.map(({ holderId }) => holderId),
    ),
    findSources(table, organizationId, resources),
  ]);
  return { ownerOf, sources };
};

/** Reads the data sources of resources that are still connected, by id. One request per 100. */
export const findSources = (table: Table, organizationId: string, resources: readonly Resource[]) =>
  findConnected(
    table,
    organizationId,
    resources.flatMap(({ dataSourceId }) => dataSourceId ?? []),
  );
