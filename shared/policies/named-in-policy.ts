import { requireOwners } from '../assets/new-owner.ts';
import { requireDataSources } from '../data-sources/require-data-sources.ts';
import type { FieldError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';
import type { PolicyInput } from './policy-settings.ts';

type Named = Partial<Pick<PolicyInput, 'ownerId' | 'poolId' | 'filters'>>;

/** Everything that a policy is given to name exists, and does so still when it is written. */
export const requireNamed = async (
  table: Table,
  organizationId: string,
  tree: PoolTree,
  { ownerId, poolId, filters = {} }: Named,
): Promise<Result<Write<'owner_inactive' | 'unknown_data_source'>[]>> => {
  const pools = [
    ...(poolId === undefined ? [] : [{ poolId, pointer: '/poolId' }]),
    ...(filters.poolIds ?? []).map((each, index) => ({ poolId: each, pointer: `/filters/poolIds/${index}` })),
  ];
  const errors = pools.flatMap((named): FieldError[] =>
    tree.get(named.poolId) ? [] : [{ pointer: named.pointer, code: 'unknown_pool', detail: 'No such pool.' }],
  );
  if (errors.length > 0) return fail('unknown_pool', 'The policy names a pool that does not exist.', { errors });
  const owners = await requireOwners(table, organizationId, [
    ...(ownerId === undefined ? [] : [{ userId: ownerId, pointer: '/ownerId' }]),
    ...(filters.ownerIds ?? []).map((userId, index) => ({ userId, pointer: `/filters/ownerIds/${index}` })),
  ]);
  if (!owners.ok) return owners;
  const sources = await requireDataSources(
    table,
    organizationId,
    (filters.dataSourceIds ?? []).map((dataSourceId, index) => ({
      dataSourceId,
      pointer: `/filters/dataSourceIds/${index}`,
    })),
  );
  return sources.ok ? ok([...owners.value, ...sources.value]) : sources;
};
