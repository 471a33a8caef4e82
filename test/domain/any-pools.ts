import * as fc from 'fast-check';
import type { PoolNode } from '../../shared/roles/pool-tree.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';

export const deepest = 10;

const mostPools = 16;

/** A tree whose root is `p0`. `near`: how far back in the list a parent may stand; 1 makes chains, more makes bushes. */
export const anyPools: fc.Arbitrary<PoolNode[]> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.array(fc.nat(), { maxLength: mostPools - 1, size: 'max' }))
  .map(([near, steps]) => {
    const depths = [1];
    const pools: PoolNode[] = [{ id: 'p0', name: 'P0' }];
    for (const [index, step] of steps.entries()) {
      const wanted = index - (step % Math.min(near, index + 1));
      const parent = depths[wanted] === deepest ? 0 : wanted;
      depths.push((depths[parent] ?? 0) + 1);
      pools.push({ id: `p${index + 1}`, name: `P${index + 1}`, parentId: `p${parent}` });
    }
    return pools;
  });

/** One of the pools; the same step names the same pool again. */
export const poolAt = (pools: readonly PoolNode[], step: number): string => `p${step % pools.length}`;

/** A pool that no tree has, however large. */
export const gonePool = `p${mostPools}`;

type Holding = (pools: readonly PoolNode[]) => RoleAssignment;

const holding: fc.Arbitrary<Holding> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ role: fc.constantFrom('manager', 'engineer'), step: fc.nat() })
      .map(({ role, step }): Holding => (pools) => ({ role, poolId: poolAt(pools, step) })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('manager', 'engineer').map((role): Holding => () => ({ role, poolId: gonePool })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('organization_manager', 'member').map((role): Holding => () => ({ role })),
  },
);

export interface Standing {
  pools: PoolNode[];
  assignments: RoleAssignment[];
}

/** A tree, and what somebody holds in it: several pools, pools that are gone, the organization, nothing. */
export const anyStanding: fc.Arbitrary<Standing> = fc
  .tuple(anyPools, fc.array(holding, { maxLength: 4 }))
  .map(([pools, holdings]) => ({ pools, assignments: holdings.map((hold) => hold(pools)) }));
