import { ownerKeys, requireOwners } from '../assets/new-owner.ts';
import { findOwners, type OwnerOf } from '../assets/owner.ts';
import type { DataSource } from '../data-sources/data-source.ts';
import { findConnected, requireDataSources } from '../data-sources/require-data-sources.ts';
import type { FieldError } from '../errors.ts';
import { declaredReadsMax } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Key, Write } from '../table/write.ts';
import type { PolicyInput } from './policy-settings.ts';
import type { Policy } from './policy.ts';

/** The objects that a request names in a policy: the owner, the pool and those in the filters. `null` removes a field. */
interface Named {
  ownerId?: string | undefined;
  poolId?: string | null | undefined;
  filters?: PolicyInput['filters'] | null | undefined;
}

/** The current owners and the connected data sources that policies refer to. Their pools are in the tree. */
export interface NamedInPolicies {
  ownerOf: OwnerOf;
  sources: ReadonlyMap<string, DataSource>;
}

/**
 * Reads the users and data sources that policies refer to: one request per 100, and the requests of `findOwners` for removed users.
 */
export const findNamed = async (
  table: Table,
  organizationId: string,
  policies: readonly Policy[],
): Promise<NamedInPolicies> => {
  const [ownerOf, sources] = await Promise.all([
    findOwners(table, organizationId, policies.flatMap(usersOfPolicy)),
    findConnected(table, organizationId, policies.flatMap(sourcesOfPolicy)),
  ]);
  return { ownerOf, sources };
};

/** Every user that a policy refers to: its holder, and the users in its filters. */
export const usersOfPolicy = ({ holderId, content }: Policy): string[] => [
  holderId,
  ...(content.filters?.ownerIds ?? []),
];

const sourcesOfPolicy = ({ content }: Policy): string[] => content.filters?.dataSourceIds ?? [];

/**
 * The keys of the users and data sources that a request names, so that they are read in the same request as the caller's rights.
 * Empty if there are too many for that request: the operation then reads them itself.
 */
export const namedKeys = (organizationId: string, { ownerId, filters }: Named): Key[] => {
  const all = [
    ...ownerKeys(organizationId, ownerId, ...(filters?.ownerIds ?? [])),
    ...(filters?.dataSourceIds ?? []).map((id) => keys.setting(organizationId, 'data_source', id)),
  ];
  // One key is left for the policy itself, or for the remembered response of a creation.
  return all.length < declaredReadsMax ? all : [];
};

/**
 * Fails with an error for each named pool or data source that does not exist and each named user who is not active. Otherwise
 * returns the write conditions that this is still true of the users and data sources. For the pools, callers guard the tree version.
 */
export const requireNamed = async (
  table: Table,
  organizationId: string,
  tree: PoolTree,
  { ownerId, poolId, filters }: Named,
): Promise<Result<Write<'owner_inactive' | 'unknown_data_source'>[]>> => {
  const pools = [
    ...(poolId ? [{ poolId, pointer: '/poolId' }] : []),
    ...(filters?.poolIds ?? []).map((each, index) => ({ poolId: each, pointer: `/filters/poolIds/${index}` })),
  ];
  const errors = pools.flatMap((named): FieldError[] =>
    tree.get(named.poolId) ? [] : [{ pointer: named.pointer, code: 'unknown_pool', detail: 'No such pool.' }],
  );
  if (errors.length > 0) return fail('unknown_pool', 'The policy names a pool that does not exist.', { errors });
  const [owners, sources] = await Promise.all([
    requireOwners(table, organizationId, [
      ...(ownerId === undefined ? [] : [{ userId: ownerId, pointer: '/ownerId' }]),
      ...(filters?.ownerIds ?? []).map((userId, index) => ({ userId, pointer: `/filters/ownerIds/${index}` })),
    ]),
    requireDataSources(
      table,
      organizationId,
      (filters?.dataSourceIds ?? []).map((dataSourceId, index) => ({
        dataSourceId,
        pointer: `/filters/dataSourceIds/${index}`,
      })),
    ),
  ]);
  if (!owners.ok) return owners;
  return sources.ok ? ok([...owners.value, ...sources.value]) : sources;
};
