import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessOf, grantsIn, isWithin } from '../../functions/console/app/rights/access.ts';
import { authorize } from '../../shared/roles/authorize.ts';
import { actions, covers } from '../../shared/roles/matrix.ts';
import { buildPoolTree, pathIds } from '../../shared/roles/pool-tree.ts';
import { anyStanding, poolAt } from './any-pools.ts';

const anyTarget = fc.record({ standing: anyStanding, step: fc.nat(), own: fc.boolean(), onOrganization: fc.boolean() });

test('the console shows exactly the rights that the API grants, for any tree, roles and target', () => {
  fc.assert(
    fc.property(anyTarget, ({ standing: { pools, assignments }, step, own, onOrganization }) => {
      const tree = buildPoolTree(pools);
      const poolId = poolAt(pools, step);
      const path = onOrganization ? [] : pathIds(tree, poolId);
      const access = accessOf(assignments, tree);
      for (const action of actions) {
        const grants = access.find((each) => each.action === action)?.grants ?? [];
        const said = grants.some(({ reach, poolId: from }) => from === undefined || covers(reach, from, path, own));
        expect(said).toBe(authorize(assignments, action, { poolPath: path, own }).allowed);
      }
    }),
    { numRuns: 300 },
  );
});

test('no grant is contained in another one, and each names a role that the user holds', () => {
  fc.assert(
    fc.property(anyStanding, ({ pools, assignments }) => {
      const tree = buildPoolTree(pools);
      for (const { grants } of accessOf(assignments, tree))
        for (const grant of grants) {
          expect(grants.filter((other) => other !== grant && isWithin(grant, other, tree))).toEqual([]);
          expect([...assignments, { role: 'member' }]).toContainEqual(grant.through);
        }
    }),
    { numRuns: 300 },
  );
});

const tree = buildPoolTree([
  { id: 'top', name: 'Acme' },
  { id: 'web', name: 'Web', parentId: 'top' },
  { id: 'shop', name: 'Shop', parentId: 'web' },
]);

test('a right is explained by the role that grants it in most places, and a right of all users by the member role', () => {
  const engineer = { role: 'engineer', poolId: 'shop' } as const;
  const manager = { role: 'manager', poolId: 'web' } as const;
  const access = accessOf([engineer, manager], tree);
  const of = (action: string) => access.find((each) => each.action === action);
  expect(of('edit_resource')?.grants).toEqual([{ reach: 'scope', poolId: 'web', through: manager }]);
  expect(of('read')?.grants).toEqual([{ reach: 'anywhere', through: { role: 'member' } }]);
  expect(of('invite_users')).toBeUndefined();
});

test('a grant also applies to sub-pools, but the right to delete applies only to sub-pools of the assigned pool', () => {
  const deleting = accessOf([{ role: 'manager', poolId: 'web' }], tree).find(({ action }) => action === 'delete_pool');
  expect(deleting && ['top', 'web', 'shop'].map((poolId) => grantsIn(deleting, poolId, tree).length)).toEqual([
    0, 0, 1,
  ]);
});
