import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPoolTree, pathIds, pathText, type PoolNode } from '../../shared/roles/pool-tree.ts';
import { anyPools } from './any-pools.ts';

const acme: PoolNode = { id: 'acme', name: 'Acme' };
const web: PoolNode = { id: 'web', name: 'Web', parentId: 'acme' };
const shop: PoolNode = { id: 'shop', name: 'Shop / EU', parentId: 'web' };
const data: PoolNode = { id: 'data', name: 'Data', parentId: 'acme' };
const pools = [acme, web, shop, data];

describe('a pool tree', () => {
  const tree = buildPoolTree(pools);

  test.each([
    { poolId: 'acme', ids: ['acme'], text: 'Acme' },
    { poolId: 'web', ids: ['acme', 'web'], text: 'Acme / Web' },
    { poolId: 'shop', ids: ['acme', 'web', 'shop'], text: 'Acme / Web / Shop / EU' },
    { poolId: 'data', ids: ['acme', 'data'], text: 'Acme / Data' },
  ])('has the path from the root to $poolId', ({ poolId, ids, text }) => {
    expect(tree.path(poolId).map(({ id }) => id)).toEqual(ids);
    expect(pathIds(tree, poolId)).toEqual(ids);
    expect(pathText(tree, poolId)).toBe(text);
  });

  test('finds a pool by its id', () => {
    expect(tree.get('shop')).toBe(shop);
  });

  test('has the number of pools', () => {
    expect(tree.size).toBe(4);
  });

  test.each([
    { poolId: 'acme', children: ['web', 'data'], subtree: ['acme', 'web', 'data', 'shop'] },
    { poolId: 'web', children: ['shop'], subtree: ['web', 'shop'] },
    { poolId: 'data', children: [], subtree: ['data'] },
    { poolId: 'gone', children: [], subtree: [] },
  ])('has the children and the sub-pools of $poolId', ({ poolId, children, subtree }) => {
    expect(tree.children(poolId).map(({ id }) => id)).toEqual(children);
    expect(tree.subtree(poolId).map(({ id }) => id)).toEqual(subtree);
  });

  test.each(['gone', '', '__proto__', 'constructor', 'Web'])('has no pool %j, and no path to it', (poolId) => {
    expect(tree.get(poolId)).toBeUndefined();
    expect(tree.currentPool(poolId)).toBeUndefined();
    expect(tree.children(poolId)).toEqual([]);
    expect(tree.subtree(poolId)).toEqual([]);
    expect(tree.path(poolId)).toEqual([]);
    expect(pathIds(tree, poolId)).toEqual([]);
    expect(pathText(tree, poolId)).toBe('');
  });

  test('without pools is empty', () => {
    const empty = buildPoolTree([]);
    expect([empty.size, empty.path('acme')]).toEqual([0, []]);
  });

  test('maps a deleted pool to the pool that absorbed it, directly or indirectly', () => {
    const absorbing = buildPoolTree([acme, { ...web, absorbed: ['shop', 'cellar'] }]);
    for (const poolId of ['web', 'shop', 'cellar']) expect(absorbing.currentPool(poolId)?.id).toBe('web');
    expect(absorbing.currentPool('acme')).toBe(acme);
    // A deleted pool has no path, because a role on it is not a role on the pool that absorbed it.
    expect([absorbing.get('shop'), pathIds(absorbing, 'shop')]).toEqual([undefined, []]);
  });

  test('that has a cycle, because it was read while pools moved, has no path to the pools of the cycle, and terminates', () => {
    const round = buildPoolTree([acme, { ...web, parentId: 'shop' }, shop, data]);
    for (const poolId of ['web', 'shop']) {
      expect([pathIds(round, poolId), pathText(round, poolId)]).toEqual([[], '']);
      expect(new Set(round.subtree(poolId).map(({ id }) => id))).toEqual(new Set(['web', 'shop']));
    }
    expect(pathIds(round, 'data')).toEqual(['acme', 'data']);
  });

  test('returns the same results however often and in whichever order it is queried', () => {
    const asked = buildPoolTree(pools);
    const first = ['shop', 'acme', 'web', 'shop', 'gone'].map((id) => pathIds(asked, id));
    expect(first).toEqual([['acme', 'web', 'shop'], ['acme'], ['acme', 'web'], ['acme', 'web', 'shop'], []]);
  });

  test('does not change when the list that it was built from changes', () => {
    const list = [acme, web];
    const made = buildPoolTree(list);
    list.pop();
    expect([made.size, pathIds(made, 'web')]).toEqual([2, ['acme', 'web']]);
  });

  test('of 5,000 pools on 10 levels has the path to each pool', () => {
    const deep = Array.from({ length: 5_000 }, (_, index): PoolNode => {
      const isTop = index % 9 === 0;
      return { id: `p${index}`, name: `P${index}`, parentId: isTop ? 'acme' : `p${index - 1}` };
    });
    const large = buildPoolTree([...deep.toReversed(), acme]);
    expect(large.size).toBe(5_001);
    expect(pathIds(large, 'p4985')).toEqual(['acme', ...Array.from({ length: 9 }, (_, step) => `p${4_977 + step}`)]);
  });
});

test('the order of the pools in the list does not matter', () => {
  const shuffled = fc.shuffledSubarray(pools, { minLength: pools.length });
  fc.assert(
    fc.property(shuffled, (list) => {
      const tree = buildPoolTree(list);
      expect(pools.map(({ id }) => pathText(tree, id))).toEqual([
        'Acme',
        'Acme / Web',
        'Acme / Web / Shop / EU',
        'Acme / Data',
      ]);
    }),
    { numRuns: 24 },
  );
});

test('in every tree, the path to a pool is the path to its parent and the pool itself', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 40 }), (parents) => {
      const list: PoolNode[] = [
        { id: 'p0', name: 'P0' },
        ...parents.map((parent, index) => ({
          id: `p${index + 1}`,
          name: `P${index + 1}`,
          parentId: `p${parent % (index + 1)}`,
        })),
      ];
      const tree = buildPoolTree(list);
      for (const { id, parentId } of list)
        expect(pathIds(tree, id)).toEqual([...(parentId === undefined ? [] : pathIds(tree, parentId)), id]);
    }),
    { numRuns: 100 },
  );
});

test('in every tree, the sub-pools of a pool are exactly the pools whose paths contain it, and its children are one level below', () => {
  fc.assert(
    fc.property(anyPools, (list) => {
      const tree = buildPoolTree(list);
      const ways = new Map(list.map(({ id }) => [id, pathIds(tree, id)]));
      for (const { id } of list) {
        const over = list.filter((pool) => ways.get(pool.id)?.includes(id));
        expect(new Set(tree.subtree(id))).toEqual(new Set(over));
        expect(tree.children(id)).toEqual(over.filter((pool) => ways.get(pool.id)?.at(-2) === id));
      }
    }),
    { numRuns: 100 },
  );
});
