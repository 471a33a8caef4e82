import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorize } from '../../shared/roles/authorize.ts';
import { actions, type Action } from '../../shared/roles/matrix.ts';
import { buildPoolTree, pathIds } from '../../shared/roles/pool-tree.ts';
import { rightsOf, type Right } from '../../shared/roles/rights.ts';
import { anyStanding, type Standing } from './any-pools.ts';

/** The root of every tree of `anyPools`. */
const rootId = 'p0';

const rightsIn = ({ pools, assignments }: Standing) => rightsOf(assignments, { tree: buildPoolTree(pools), rootId });

/** What a reader of the list would conclude, by the words of the API: from these pools down, as far as the reach goes. */
const says = (rights: readonly Right[], action: Action, poolPath: readonly string[], own: boolean): boolean =>
  rights.some(
    (right) =>
      right.action === action &&
      (right.anywhere ||
        right.pools.some(({ poolId, reach }) => {
          if (!poolPath.includes(poolId)) return false;
          if (reach === 'below') return poolPath.at(-1) !== poolId;
          return reach === 'scope' || own;
        })),
  );

test('the rights of somebody say exactly what is allowed: every action, in every pool and on the organization, own or not', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(anyStanding, (standing) => {
      const rights = rightsIn(standing);
      const tree = buildPoolTree(standing.pools);
      const paths = [[], ...standing.pools.map(({ id }) => pathIds(tree, id))];
      for (const action of actions)
        for (const poolPath of paths)
          for (const own of [false, true]) {
            const { allowed } = authorize(standing.assignments, action, { poolPath, own });
            met.add(`${action} ${allowed}`);
            if (says(rights, action, poolPath, own) !== allowed)
              expect.unreachable(`${action} in ${poolPath.join('/')}, own: ${own}: allowed is ${allowed}`);
          }
    }),
    { numRuns: 300 },
  );
  // Everything was met allowed and refused, but what every user may.
  expect(met.size).toBe(2 * actions.length - 2);
});

test('every action is listed at most once, with something that it allows, on pools that exist', () => {
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
