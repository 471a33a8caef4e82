import { describe, expect, test } from 'vitest';
import { authorize, couldEver, type Target } from '../../shared/roles/authorize.ts';
import { actions, type Action } from '../../shared/roles/matrix.ts';
import { buildPoolTree, pathIds } from '../../shared/roles/pool-tree.ts';
import { roles, type Role, type RoleAssignment } from '../../shared/roles/role.ts';

/**
 *   root ── above ── assigned ── below ── farBelow
 *     │       └───── beside
 *     └── elsewhere
 */
const tree = buildPoolTree([
  { id: 'root', name: 'Acme' },
  { id: 'above', name: 'Platform', parentId: 'root' },
  { id: 'assigned', name: 'Web', parentId: 'above' },
  { id: 'below', name: 'Shop', parentId: 'assigned' },
  { id: 'farBelow', name: 'Cart', parentId: 'below' },
  { id: 'beside', name: 'Mobile', parentId: 'above' },
  { id: 'elsewhere', name: 'Finance', parentId: 'root' },
]);

const inPool = (poolId: string, own = false): Target => ({ poolPath: pathIds(tree, poolId), own });

const positions = [
  'organization',
  'root',
  'above',
  'beside',
  'elsewhere',
  'assigned',
  'below',
  'farBelow',
  'anotherTree',
] as const;
type Position = (typeof positions)[number];

const target = (position: Position, own: boolean): Target => {
  if (position === 'organization') return { own };
  if (position === 'anotherTree') return { poolPath: ['theirRoot', 'theirPool', 'theirSubPool'], own };
  return inPool(position, own);
};

/** The role as somebody holds it: on the organization, or on the pool `assigned`. */
const held: Record<Role, RoleAssignment> = {
  organization_manager: { role: 'organization_manager' },
  manager: { role: 'manager', poolId: 'assigned' },
  engineer: { role: 'engineer', poolId: 'assigned' },
  member: { role: 'member' },
};

/** `anotherTree` too, for want of knowing better: that no other tenant's pool gets here, the table's keys see to. */
const all: Position[] = [
  'organization',
  'root',
  'above',
  'beside',
  'elsewhere',
  'assigned',
  'below',
  'farBelow',
  'anotherTree',
];
const notTheRoot: Position[] = all.filter((position) => position !== 'organization' && position !== 'root');
const scope: Position[] = ['assigned', 'below', 'farBelow'];
const under: Position[] = ['below', 'farBelow'];
const none: Position[] = [];

interface Row {
  action: Action;
  organization_manager: Position[];
  manager: Position[];
  engineer: Position[];
  /** An engineer, to a thing that they own. Owning changes nothing for the others. */
  engineerOwning: Position[];
  member: Position[];
}

/** Where each role may do it; typed by hand from the matrix in shared/README.md. */
const rows: Row[] = [
  { action: 'read', organization_manager: all, manager: all, engineer: all, engineerOwning: all, member: all },
  {
    action: 'read_audit_log',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'change_settings',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'invite_users',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'change_roles',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'remove_users',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'manage_service_accounts',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'check_permissions',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'create_pool',
    organization_manager: all,
    manager: scope,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'edit_pool',
    organization_manager: all,
    manager: scope,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'move_pool',
    organization_manager: all,
    manager: scope,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'delete_pool',
    organization_manager: notTheRoot,
    manager: under,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'manage_policies',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'manage_data_sources',
    organization_manager: all,
    manager: none,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'manage_resources',
    organization_manager: all,
    manager: scope,
    engineer: none,
    engineerOwning: none,
    member: none,
  },
  {
    action: 'edit_resource',
    organization_manager: all,
    manager: scope,
    engineer: none,
    engineerOwning: scope,
    member: none,
  },
  {
    action: 'leave_organization',
    organization_manager: all,
    manager: all,
    engineer: all,
    engineerOwning: all,
    member: all,
  },
];

const where = (allowed: Position[]): string => (allowed.length === 0 ? 'nowhere' : `on ${allowed.join(', ')} only`);

const cases = rows.flatMap((row) =>
  roles.flatMap((role) =>
    [false, true].map((own) => {
      const allowed = role === 'engineer' && own ? row.engineerOwning : row[role];
      const whose = own ? 'what they own' : 'what another owns';
      return { role, action: row.action, own, allowed, whose, where: where(allowed) };
    }),
  ),
);

/** Whether the manager of `assigned` may move a pool from one parent to another. */
const move = (from: string, to: string): boolean =>
  [from, to].every((parent) => authorize([held.manager], 'move_pool', inPool(parent)).allowed);

describe('where a role reaches', () => {
  test.each(cases)('$role: $action of $whose is allowed $where', ({ role, action, own, allowed }) => {
    expect(positions.filter((position) => authorize([held[role]], action, target(position, own)).allowed)).toEqual(
      allowed,
    );
  });

  test('the table has every action', () => {
    expect(rows.map(({ action }) => action).toSorted()).toEqual(actions.toSorted());
  });

  test('who holds nothing may read and leave, and nothing else', () => {
    const allowed = actions.filter((action) =>
      positions.some((position) => authorize([], action, target(position, true)).allowed),
    );
    expect(allowed).toEqual(['read', 'leave_organization']);
  });

  test('a manager may move a pool within the assigned pool, not out of it and not into it from outside', () => {
    expect([
      move('below', 'assigned'),
      move('below', 'beside'),
      move('elsewhere', 'below'),
      move('root', 'above'),
    ]).toEqual([true, false, false, false]);
  });

  test('a manager of two pools may move a pool from one to the other', () => {
    const both: RoleAssignment[] = [held.manager, { role: 'manager', poolId: 'elsewhere' }];
    for (const parent of ['below', 'elsewhere'])
      expect(authorize(both, 'move_pool', inPool(parent)).allowed).toBe(true);
  });

  test('a manager of a pool and of one above it may delete the lower one', () => {
    const both: RoleAssignment[] = [held.manager, { role: 'manager', poolId: 'above' }];
    expect(authorize(both, 'delete_pool', inPool('assigned'))).toEqual({
      allowed: true,
      through: { role: 'manager', poolId: 'above' },
    });
  });

  test('an engineer in one pool who manages another has no more rights in the first', () => {
    const both: RoleAssignment[] = [held.engineer, { role: 'manager', poolId: 'elsewhere' }];
    expect(authorize(both, 'edit_resource', inPool('assigned', false)).allowed).toBe(false);
    expect(authorize(both, 'create_pool', inPool('assigned')).allowed).toBe(false);
    expect(authorize(both, 'create_pool', inPool('elsewhere')).allowed).toBe(true);
  });

  test('an assignment on a pool that is gone counts for nothing, not for the pool that was its parent either', () => {
    const gone: RoleAssignment[] = [
      { role: 'manager', poolId: 'gone' },
      { role: 'engineer', poolId: 'gone-too' },
    ];
    for (const poolId of ['root', 'above', 'assigned', 'gone', 'gone-too'])
      for (const action of actions)
        expect(authorize(gone, action, inPool(poolId, true)).allowed).toBe(
          authorize([], action, inPool(poolId, true)).allowed,
        );
  });

  test.each(['', 'organization', '__proto__', 'undefined'])('a pool named %j is not the organization', (poolId) => {
    expect(authorize([{ role: 'manager', poolId }], 'create_pool').allowed).toBe(false);
    expect(authorize([{ role: 'manager', poolId }], 'create_pool', { poolPath: [] }).allowed).toBe(false);
  });

  test('a resource that one owns outside the assigned pool is not theirs to edit', () => {
    expect(authorize([held.engineer], 'edit_resource', inPool('above', true)).allowed).toBe(false);
    expect(authorize([held.engineer], 'edit_resource', { own: true }).allowed).toBe(false);
  });
});

const manages = (poolId: string): RoleAssignment => ({ role: 'manager', poolId });
const engineers = (poolId: string): RoleAssignment => ({ role: 'engineer', poolId });

describe('which assignment a right comes from', () => {
  const boss: RoleAssignment = { role: 'organization_manager' };
  const reader: RoleAssignment = { role: 'member' };

  test.each<{ promise: string; assignments: RoleAssignment[]; action: Action; at: Target; through: RoleAssignment }>([
    { promise: 'the only one', assignments: [boss], action: 'invite_users', at: {}, through: boss },
    {
      promise: 'the one that is held, rather than a member’s',
      assignments: [boss],
      action: 'read',
      at: {},
      through: boss,
    },
    { promise: 'that of a member, for who holds nothing', assignments: [], action: 'read', at: {}, through: reader },
    {
      promise: 'the one whose pool is on the path, not the one beside',
      assignments: [manages('beside'), manages('assigned'), manages('elsewhere')],
      action: 'create_pool',
      at: inPool('below'),
      through: manages('assigned'),
    },
    {
      promise: 'the first of two that allow it',
      assignments: [manages('assigned'), manages('above')],
      action: 'edit_pool',
      at: inPool('below'),
      through: manages('assigned'),
    },
    {
      promise: 'the first of two that allow it, in the other order too',
      assignments: [manages('above'), manages('assigned')],
      action: 'edit_pool',
      at: inPool('below'),
      through: manages('above'),
    },
    {
      promise: 'the engineer’s, for what they own',
      assignments: [engineers('assigned'), manages('above')],
      action: 'edit_resource',
      at: inPool('assigned', true),
      through: engineers('assigned'),
    },
    {
      promise: 'the manager’s, for what they do not own',
      assignments: [engineers('assigned'), manages('above')],
      action: 'edit_resource',
      at: inPool('assigned', false),
      through: manages('above'),
    },
    {
      promise: 'the organization manager’s, where the pool’s does not reach',
      assignments: [manages('assigned'), boss],
      action: 'delete_pool',
      at: inPool('assigned'),
      through: boss,
    },
  ])('$promise', ({ assignments, action, at, through }) => {
    expect(authorize(assignments, action, at)).toEqual({ allowed: true, through });
  });
});

describe('what a refusal says is needed', () => {
  test.each<{ action: Action; needs: { role: Role; reach: string }[] }>([
    { action: 'invite_users', needs: [{ role: 'organization_manager', reach: 'anywhere' }] },
    {
      action: 'create_pool',
      needs: [
        { role: 'organization_manager', reach: 'anywhere' },
        { role: 'manager', reach: 'scope' },
      ],
    },
    {
      action: 'delete_pool',
      needs: [
        { role: 'organization_manager', reach: 'below' },
        { role: 'manager', reach: 'below' },
      ],
    },
    {
      action: 'edit_resource',
      needs: [
        { role: 'organization_manager', reach: 'anywhere' },
        { role: 'manager', reach: 'scope' },
        { role: 'engineer', reach: 'own' },
      ],
    },
  ])('$action', ({ action, needs }) => {
    expect(authorize([{ role: 'member' }], action, inPool('assigned'))).toEqual({ allowed: false, needs });
  });
});

describe('what somebody could ever do', () => {
  const reading: Action[] = ['read', 'leave_organization'];
  const managing: Action[] = [
    'read',
    'create_pool',
    'edit_pool',
    'move_pool',
    'delete_pool',
    'manage_resources',
    'edit_resource',
    'leave_organization',
  ];

  test.each<{ who: string; assignments: RoleAssignment[]; could: Action[] }>([
    { who: 'who holds nothing', assignments: [], could: reading },
    { who: 'a member', assignments: [held.member], could: reading },
    { who: 'an engineer', assignments: [held.engineer], could: ['read', 'edit_resource', 'leave_organization'] },
    { who: 'a manager', assignments: [held.manager], could: managing },
    { who: 'an engineer and manager', assignments: [held.engineer, held.manager], could: managing },
    {
      who: 'an organization manager',
      assignments: [held.organization_manager],
      could: rows.map(({ action }) => action),
    },
  ])('$who', ({ assignments, could }) => {
    expect(actions.filter((action) => couldEver(assignments, action)).toSorted()).toEqual(could.toSorted());
  });
});
