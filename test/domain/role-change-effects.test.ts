import { expect, test } from 'vitest';
import type { Pool } from '../../functions/console/app/organization/use-pools.ts';
import type { UserAssets } from '../../functions/console/app/users/user.ts';
import { areSameRoles, roleChangeEffects } from '../../functions/console/app/users/role-change-effects.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';

const pool = (id: string, parentId?: string, defaultOwnerId = 'usr_ada') =>
  ({ id, name: id, path: id, parentId, defaultOwnerId, version: 1 }) as Pool;
const tree = buildPoolTree([
  pool('top', undefined, 'usr_mara'),
  pool('web', 'top'),
  pool('shop', 'web'),
  pool('data', 'top'),
]);

const assets = {
  user: { id: 'usr_ada', name: 'Ada' },
  exact: true,
  resources: { count: 17, monthlyCost: 0 },
  pools: { count: 3 },
  policies: { owned: 2, naming: 0 },
  dataSources: { count: 0 },
  byPool: [
    { poolId: 'web', path: 'web', count: 10, monthlyCost: 0 },
    { poolId: 'shop', path: 'shop', count: 4, monthlyCost: 0 },
    { poolId: 'data', path: 'data', count: 3, monthlyCost: 0 },
  ],
  pendingInvites: { count: 0 },
} as unknown as UserAssets;

const managerOf = (poolId: string): RoleAssignment => ({ role: 'manager', poolId });

test('a manager who becomes an engineer of the same pool loses the right to manage it, but can still edit their own resources', () => {
  const effects = roleChangeEffects([managerOf('web')], [{ role: 'engineer', poolId: 'web' }], tree, assets);
  expect(effects.lost).toEqual([
    {
      place: { reach: 'scope', poolId: 'web' },
      actions: ['create_pool', 'edit_pool', 'move_pool', 'manage_resources', 'edit_resource'],
    },
    { place: { reach: 'below', poolId: 'web' }, actions: ['delete_pool'] },
  ]);
  expect(effects.gained).toEqual([]);
  expect(effects.unchangeable).toEqual([{ kind: 'pool', count: 2 }]);
  expect(effects.noLongerManages).toEqual(['web']);
});

test('the effects of losing a role include the user’s assets in its pool and sub-pools, and in no other pool', () => {
  const { unchangeable } = roleChangeEffects([managerOf('web'), managerOf('data')], [managerOf('data')], tree, assets);
  expect(unchangeable).toEqual([
    { kind: 'resource', count: 14 },
    { kind: 'pool', count: 2 },
  ]);
});

test('losing a role on a sub-pool has no effect if the same role on its parent is kept', () => {
  const { lost, gained, unchangeable } = roleChangeEffects(
    [managerOf('web'), managerOf('shop')],
    [managerOf('web')],
    tree,
    assets,
  );
  expect([lost, gained, unchangeable]).toEqual([[], [], []]);
});

test('a demoted organization manager loses the rights on the organization, and can no longer change the policies they own', () => {
  const effects = roleChangeEffects([{ role: 'organization_manager' }], [managerOf('web')], tree, assets);
  const [everywhere] = effects.lost;
  expect(everywhere?.place).toEqual({ reach: 'anywhere' });
  expect(everywhere?.actions).toEqual(expect.arrayContaining(['invite_users', 'change_roles', 'manage_resources']));
  expect(effects.unchangeable).toContainEqual({ kind: 'policy', count: 2 });
});

test('the order of roles makes no difference', () => {
  expect(areSameRoles([managerOf('web'), managerOf('data')], [managerOf('data'), managerOf('web')])).toBe(true);
  expect(areSameRoles([managerOf('web')], [managerOf('data')])).toBe(false);
});
