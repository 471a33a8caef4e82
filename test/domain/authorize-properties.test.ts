import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorize, couldEver } from '../../shared/roles/authorize.ts';
import { actions, type Action, type Reach } from '../../shared/roles/matrix.ts';
import { buildPoolTree, pathIds, type PoolNode } from '../../shared/roles/pool-tree.ts';
import { isOrganizationManager, poolOf, type Role, type RoleAssignment } from '../../shared/roles/role.ts';
import { anyStanding, gonePool, poolAt, type Standing } from './any-pools.ts';

interface Question extends Standing {
  action: Action;
  /** Undefined: the organization itself. */
  poolId: string | undefined;
  own: boolean;
}

const anyQuestion: fc.Arbitrary<Question> = fc
  .record({
    standing: anyStanding,
    action: fc.constantFrom(...actions),
    step: fc.option(fc.nat(), { nil: undefined, freq: 9 }),
    own: fc.boolean(),
  })
  .map(({ standing, action, step, own }) => ({
    ...standing,
    action,
    poolId: step === undefined ? undefined : poolAt(standing.pools, step),
    own,
  }));

const pathTo = (pools: readonly PoolNode[], poolId: string | undefined): string[] =>
  poolId === undefined ? [] : pathIds(buildPoolTree(pools), poolId);

const ask = ({ pools, assignments, action, poolId, own }: Question) =>
  authorize(assignments, action, { own, poolPath: pathTo(pools, poolId) });

const allows = (question: Question): boolean => ask(question).allowed;

const each = (promise: (question: Question) => void) => fc.assert(fc.property(anyQuestion, promise), { numRuns: 500 });

describe('for every tree of pools, every set of assignments and every target', () => {
  test('taking an assignment away never allows more', () => {
    each((question) => {
      const before = allows(question);
      for (const index of question.assignments.keys())
        expect(before || !allows({ ...question, assignments: question.assignments.toSpliced(index, 1) })).toBe(true);
    });
  });

  test('giving an assignment never allows less', () => {
    fc.assert(
      fc.property(anyQuestion, anyStanding, fc.nat(4), (question, { assignments: given }, at) => {
        const more = question.assignments.toSpliced(at, 0, ...given);
        expect(allows(question) && !allows({ ...question, assignments: more })).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('roles add up: together they allow what one of them allows, and no more', () => {
    each((question) => {
      const alone = [[], ...question.assignments.map((assignment) => [assignment])];
      expect(allows(question)).toBe(alone.some((assignments) => allows({ ...question, assignments })));
    });
  });

  test('the order of the assignments does not matter', () => {
    each((question) => {
      expect(allows({ ...question, assignments: question.assignments.toReversed() })).toBe(allows(question));
    });
  });

  test('the assignment that is named is held, or is a member’s, and allows it alone', () => {
    each((question) => {
      const decision = ask(question);
      if (!decision.allowed) return;
      expect([...question.assignments, { role: 'member' }]).toContainEqual(decision.through);
      expect(ask({ ...question, assignments: [decision.through] })).toEqual(decision);
    });
  });

  test('an assignment on a pool that is gone counts for nothing', () => {
    each((question) => {
      const standing = question.assignments.filter((assignment) => poolOf(assignment) !== gonePool);
      expect(allows(question)).toBe(allows({ ...question, assignments: standing }));
    });
  });

  test('once its pool is deleted, an assignment counts for nothing, and the others as before', () => {
    each((question) => {
      const parents = new Set(question.pools.map(({ parentId }) => parentId));
      const leaf = question.pools.find(({ id }) => !parents.has(id) && id !== question.poolId);
      if (!leaf) return;
      const pools = question.pools.filter((pool) => pool !== leaf);
      const others = question.assignments.filter((assignment) => poolOf(assignment) !== leaf.id);
      expect(allows({ ...question, pools })).toBe(allows({ ...question, assignments: others }));
    });
  });

  test('owning a thing never takes a right away', () => {
    each((question) => {
      expect(allows({ ...question, own: false }) && !allows({ ...question, own: true })).toBe(false);
    });
  });

  test('a right on a pool is a right on every pool below it', () => {
    each((question) => {
      if (question.poolId === undefined || !allows(question)) return;
      const children = question.pools.filter(({ parentId }) => parentId === question.poolId);
      for (const { id } of children) expect(allows({ ...question, poolId: id })).toBe(true);
    });
  });

  test('what could never be is refused everywhere', () => {
    each((question) => {
      if (!couldEver(question.assignments, question.action)) expect(allows(question)).toBe(false);
    });
  });

  test('a manager may create pools exactly where climbing from the pool meets one they manage', () => {
    each((question) => {
      const parentOf = new Map(question.pools.map(({ id, parentId }) => [id, parentId]));
      const climb = (poolId: string | undefined): boolean =>
        poolId !== undefined &&
        (question.assignments.some((one) => one.role === 'manager' && one.poolId === poolId) ||
          climb(parentOf.get(poolId)));
      expect(allows({ ...question, action: 'create_pool' })).toBe(
        isOrganizationManager(question.assignments) || climb(question.poolId),
      );
    });
  });
});

/** The role as somebody would be given it: on the pool, or on the organization where it takes none. */
const give = (role: Role, poolId: string): RoleAssignment =>
  role === 'manager' || role === 'engineer' ? { role, poolId } : { role };

/** The pools on which a role of this reach would allow what is asked. One on the organization is one on the root, wherever it is given. */
const suitable = (role: Role, reach: Reach, { pools, poolId }: Question): string[] => {
  const onOrganization = role === 'organization_manager' && pathTo(pools, poolId).length > 1;
  if (reach === 'anywhere' || onOrganization) return pools.map(({ id }) => id);
  return reach === 'below' ? pathTo(pools, poolId).slice(0, -1) : pathTo(pools, poolId);
};

describe('whoever is refused', () => {
  test('is allowed once given any one of what is needed, on a pool that suits and on no other', () => {
    const helped = new Set<string>();
    each((question) => {
      const decision = ask(question);
      if (decision.allowed) return;
      expect(decision.needs).not.toEqual([]);
      for (const { role, reach } of decision.needs) {
        const wanted = { ...question, own: question.own || reach === 'own' };
        // An engineer already, who only lacks the thing itself.
        if (allows(wanted)) continue;
        const enough = question.pools
          .map(({ id }) => id)
          .filter((id) => allows({ ...wanted, assignments: [...question.assignments, give(role, id)] }));
        expect(enough.toSorted()).toEqual(suitable(role, reach, question).toSorted());
        if (enough.length > 0) helped.add(reach);
      }
    });
    expect([...helped].toSorted()).toEqual(['anywhere', 'below', 'own', 'scope']);
  });
});

const subtree = (pools: readonly PoolNode[], top: string): Set<string> =>
  new Set(pools.map(({ id }) => id).filter((poolId) => pathTo(pools, poolId).includes(top)));

interface Move extends Question {
  moved: string;
  after: PoolNode[];
}

/** A pool that is not the root goes under one that is not below it. */
const anyMove: fc.Arbitrary<Move> = fc
  .record({ question: anyQuestion, which: fc.nat(), where: fc.nat() })
  .map(({ question, which, where }) => {
    const { pools } = question;
    const moved = poolAt(pools, which);
    const below = subtree(pools, moved);
    const parents = pools.filter(({ id }) => !below.has(id));
    const parentId = parents[where % parents.length]?.id;
    const after = pools.map((pool) => (pool.id === moved && parentId !== undefined ? { ...pool, parentId } : pool));
    return { ...question, moved, after };
  });

const decisions = (question: Question, pools: PoolNode[]): Map<string, boolean> =>
  new Map(pools.map(({ id }) => [id, allows({ ...question, pools, poolId: id })]));

const eachMove = (promise: (move: Move) => void) => fc.assert(fc.property(anyMove, promise), { numRuns: 1_000 });

describe('when a pool is moved', () => {
  test('what is allowed changes only on it and on the pools below it', () => {
    const changed = { rights: 0 };
    eachMove((move) => {
      const below = subtree(move.pools, move.moved);
      const before = decisions(move, move.pools);
      for (const [poolId, allowed] of decisions(move, move.after))
        if (below.has(poolId)) changed.rights += allowed === before.get(poolId) ? 0 : 1;
        else expect(allowed).toBe(before.get(poolId));
    });
    expect(changed.rights).toBeGreaterThan(0);
  });

  test('whoever is assigned on it, or below it, keeps exactly what they may', () => {
    eachMove((move) => {
      const below = subtree(move.pools, move.moved);
      const within = move.assignments.filter((assignment) => below.has(poolOf(assignment) ?? ''));
      const question = { ...move, assignments: within };
      expect(decisions(question, move.after)).toEqual(decisions(question, move.pools));
    });
  });

  test('whoever is assigned on the new parent may do with it what they may with the pools that were there', () => {
    eachMove((move) => {
      const parentId = move.after.find(({ id }) => id === move.moved)?.parentId;
      if (parentId === undefined) return;
      const there: PoolNode = { id: 'there', name: 'There', parentId };
      const question = {
        ...move,
        pools: [...move.after, there],
        assignments: move.assignments.filter((assignment) => poolOf(assignment) !== move.moved),
      };
      expect(allows({ ...question, poolId: move.moved })).toBe(allows({ ...question, poolId: 'there' }));
    });
  });
});
