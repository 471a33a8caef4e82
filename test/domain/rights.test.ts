import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { isAllowed, isAllowedSomewhere } from '../../functions/console/app/rights/is-allowed.ts';
import { authorize, couldEver, implied } from '../../shared/roles/authorize.ts';
import { actions, matrix, reaches, reachOf, type Action, type Reach } from '../../shared/roles/matrix.ts';
import { buildPoolTree, pathIds, type PoolNode, type PoolTree } from '../../shared/roles/pool-tree.ts';
import { rightsOf, type Right } from '../../shared/roles/rights.ts';
import { isPoolRole, poolOf, roles, toAssignment, type Role } from '../../shared/roles/role.ts';
import { anyStanding, gonePool, type Standing } from './any-pools.ts';

/** The root of every tree of `anyPools`. */
const rootId = 'p0';

const rightsIn = ({ pools, assignments }: Standing) => rightsOf(assignments, { tree: buildPoolTree(pools), rootId });

/** A question about a pool or, without `poolId`, about the organization itself. */
interface Asked {
  action: Action;
  poolId: string | undefined;
  own: boolean;
}

type Reading = (rights: readonly Right[], tree: PoolTree, asked: Asked) => boolean;

/** Decides as the API documents the rights: each applies from its pools downwards, as far as its reach goes. */
const byTheWords: Reading = (rights, tree, { action, poolId, own }) => {
  const poolPath = poolId === undefined ? [] : pathIds(tree, poolId);
  return rights.some(
    (right) =>
      right.action === action &&
      (right.anywhere ||
        right.pools.some((pool) => {
          if (!poolPath.includes(pool.poolId)) return false;
          if (pool.reach === 'below') return poolPath.at(-1) !== pool.poolId;
          return pool.reach === 'scope' || own;
        })),
  );
};

const asTheConsole: Reading = (rights, tree, { action, ...target }) => isAllowed(rights, tree, action, target);

const askedOf = ({ pools }: Standing): Asked[] =>
  actions.flatMap((action) =>
    [undefined, ...pools.map(({ id }) => id)].flatMap((poolId) =>
      [false, true].map((own): Asked => ({ action, poolId, own })),
    ),
  );

const decide = ({ pools, assignments }: Standing, { action, poolId, own }: Asked): boolean =>
  authorize(assignments, action, {
    own,
    ...(poolId !== undefined && { poolPath: pathIds(buildPoolTree(pools), poolId) }),
  }).allowed;

test.each([
  { reader: 'a reader of the list', read: byTheWords },
  { reader: 'the console', read: asTheConsole },
])(
  '$reader derives the right decision from the rights of a user: each action, in each pool and on the organization, own or not',
  ({ read }) => {
    const met = new Set<string>();
    fc.assert(
      fc.property(anyStanding, (standing) => {
        const rights = rightsIn(standing);
        const tree = buildPoolTree(standing.pools);
        for (const asked of askedOf(standing)) {
          const allowed = decide(standing, asked);
          met.add(`${asked.action} ${allowed}`);
          if (read(rights, tree, asked) !== allowed)
            expect.unreachable(`${JSON.stringify(asked)}: allowed is ${allowed}`);
        }
      }),
      { numRuns: 300 },
    );
    // Every action was allowed and refused at least once, except the two that every user may do.
    expect(met.size).toBe(2 * actions.length - 2);
  },
);

test('the console considers an action possible exactly if the user’s roles on existing pools could ever allow it', () => {
  fc.assert(
    fc.property(anyStanding, (standing) => {
      // A role on a deleted pool gives no right.
      const assignments = standing.assignments.filter((each) => poolOf(each) !== gonePool);
      for (const action of actions)
        expect(isAllowedSomewhere(rightsIn(standing), action), action).toBe(couldEver(assignments, action));
    }),
    { numRuns: 300 },
  );
});

/** The root, a pool below it, and another pool below that one. */
const chain: PoolNode[] = [
  { id: rootId, name: 'Acme' },
  { id: 'web', name: 'Web', parentId: rootId },
  { id: 'shop', name: 'Shop', parentId: 'web' },
];

const flip = (action: Action, role: Role): (() => void) => {
  const row: Partial<Record<Role, Reach>> = matrix[action];
  const before = { ...row };
  const widest = reaches.find((reach) => Object.values(row).includes(reach));
  if (row[role]) delete row[role];
  else Object.assign(row, { [role]: widest });
  return () => {
    for (const each of roles) delete row[each];
    Object.assign(row, before);
  };
};

/** Each case flips one cell: an empty cell gets the widest reach of its row, and any other cell is emptied. */
test.each(actions.flatMap((action) => roles.map((role) => ({ action, role }))))(
  'when the cell of $action and $role is flipped, the console’s decision changes with the API’s',
  ({ action, role }) => {
    const assignment = toAssignment(role, isPoolRole(role) ? 'web' : undefined);
    const standing: Standing = { pools: chain, assignments: assignment ? [assignment] : [] };
    const asked = askedOf(standing).filter((each) => each.action === action);
    const decided = () => asked.map((each) => decide(standing, each));
    const shown = () => {
      const rights = rightsIn(standing);
      return asked.map((each) => asTheConsole(rights, buildPoolTree(chain), each));
    };

    const before = decided();
    expect(shown()).toEqual(before);
    const restore = flip(action, role);
    onTestFinished(restore);
    expect(shown()).toEqual(decided());
    // Every user also has the rights of a Member, so flipping another role's cell of such an action changes no decision.
    const everybody = role !== implied.role && reachOf(action, implied.role) !== undefined;
    expect(JSON.stringify(decided()) !== JSON.stringify(before)).toBe(!everybody);
  },
);

test('every action is listed at most once, with at least one place where it is allowed, and only with existing pools', () => {
  fc.assert(
    fc.property(anyStanding, (standing) => {
      const rights = rightsIn(standing);
      const ids = new Set(standing.pools.map(({ id }) => id));
      expect(new Set(rights.map(({ action }) => action)).size).toBe(rights.length);
      for (const { anywhere, pools } of rights) {
        expect(anywhere || pools.length > 0).toBe(true);
        for (const { poolId } of pools) expect(ids.has(poolId)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
