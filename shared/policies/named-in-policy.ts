import { ownerKeys, requireOwners } from '../assets/new-owner.ts';
import { requireDataSources } from '../data-sources/require-data-sources.ts';
import type { FieldError } from '../errors.ts';
import { declaredReadsMax } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Key, Write } from '../table/write.ts';
import type { PolicyInput } from './policy-settings.ts';

/** What a policy names: its owner, its pool, and what its filters list. `null`: taken away. */
interface Named {
  ownerId?: string | undefined;
  poolId?: string | null | undefined;
  filters?: PolicyInput['filters'] | null | undefined;
}

/** The records that a policy names, to be read with the caller's rights; none where they are too many for that. */
export const namedKeys = (organizationId: string, { ownerId, filters }: Named): Key[] => {
  const all = [
    ...ownerKeys(organizationId, ownerId, ...(filters?.ownerIds ?? [])),
    ...(filters?.dataSourceIds ?? []).map((id) => keys.setting(organizationId, 'data_source', id)),
  ];
  // The policy itself is one more.
  return all.length < declaredReadsMax ? all : [];
};

/** Everything that a policy is given to name exists, and does so still when it is written. */
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
