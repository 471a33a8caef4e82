import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { authorize, rolesWith } from '../../shared/roles/authorize.ts';
import { actions, type Action } from '../../shared/roles/matrix.ts';
import { buildPoolTree, pathIds } from '../../shared/roles/pool-tree.ts';
import type { Role, RoleAssignment } from '../../shared/roles/role.ts';
import { anyStanding, poolAt } from './any-pools.ts';
import { cedar, type Question } from './cedar.ts';

const policies = readFileSync(path.join(import.meta.dirname, 'permissions.cedar'), 'utf8');

const places = ['organization', 'pool', 'resource of the asker', 'resource of another'] as const;

/** One random user in a random tree of pools, with a question about every action. */
const anyQuestions: fc.Arbitrary<Question[]> = fc
  .record({ standing: anyStanding, place: fc.constantFrom(...places), step: fc.nat(), newParentStep: fc.nat() })
  .map(({ standing, place, step, newParentStep }) =>
    actions
      .map((action): Question => {
        const poolId = place === 'organization' ? undefined : poolAt(standing.pools, step);
        const resourceOf =
          place === 'resource of the asker' ? 'asker' : place === 'resource of another' ? 'another' : undefined;
        return { ...standing, action, poolId, resourceOf, newParentId: poolAt(standing.pools, newParentStep) };
      })
      .filter(makesSense),
  );

/** Questions about deleting a pool whose target is a resource make no sense. */
const makesSense = ({ action, resourceOf }: Question): boolean => action !== 'delete_pool' || resourceOf === undefined;

type Outcome = Role | 'refused';

const ask = ({ pools, assignments, action, poolId, resourceOf, newParentId }: Question): Outcome => {
  const tree = buildPoolTree(pools);
  const decide = (at: string | undefined) =>
    authorize(assignments, action, {
      own: resourceOf === 'asker',
      ...(at !== undefined && { poolPath: pathIds(tree, at) }),
    });
  const decision = decide(poolId);
  if (!decision.allowed || (action === 'move_pool' && !decide(newParentId).allowed)) return 'refused';
  return decision.through.role;
};

const differsBy = (decide: (question: Question) => boolean) => (question: Question) =>
  decide(question) !== (ask(question) !== 'refused');

const numRuns = 1_500;

/** The outcomes that the questions must cover: each role that allows the action, and a refusal unless every user may do it. */
const outcomesOf = (action: Action): Outcome[] => {
  const allowed = rolesWith(action);
  return allowed.includes('member') ? allowed : [...allowed, 'refused'];
};

describe('the product’s permissions, written as Cedar policies', () => {
  test('give the same decision as the code, on 20,000 questions of every outcome', () => {
    const differs = differsBy(cedar(policies));
    const counts = new Map<string, number>();
    const count = (outcome: string) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    fc.assert(
      fc.property(anyQuestions, (questions) => {
        for (const question of questions) count(`${question.action}: ${ask(question)}`);
        expect(questions.filter(differs)).toEqual([]);
      }),
      { numRuns },
    );
    expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(20_000);
    expect([...counts.keys()].toSorted()).toEqual(
      actions.flatMap((action) => outcomesOf(action).map((outcome) => `${action}: ${outcome}`)).toSorted(),
    );
  });

  test('let nobody delete the root', () => {
    const assignments: RoleAssignment[] = [{ role: 'organization_manager' }, { role: 'manager', poolId: 'root' }];
    const pools = [
      { id: 'root', name: 'Acme' },
      { id: 'web', name: 'Web', parentId: 'root' },
    ];
    const may = (poolId: string) =>
      cedar(policies)({
        pools,
        assignments,
        action: 'delete_pool',
        poolId,
        resourceOf: undefined,
        newParentId: 'root',
      });
    expect([may('root'), may('web')]).toEqual([false, true]);
  });

  test('name every action of the code, and no other', () => {
    const named = new Set([...policies.matchAll(/Action::"(\w+)"/g)].map((match) => match[1] ?? ''));
    expect([...named].toSorted()).toEqual(actions.toSorted());
  });

  test.each<{ rule: string; action: Action; from: string; to: string }>([
    {
      rule: 'an engineer edits whatever is in scope',
      action: 'edit_resource',
      from: 'resource in principal.engineers && resource.owner == principal',
      to: 'resource in principal.engineers',
    },
    {
      rule: 'an engineer edits what they own, wherever it is',
      action: 'edit_resource',
      from: 'resource in principal.engineers && resource.owner == principal',
      to: 'resource.owner == principal',
    },
    {
      rule: 'a manager creates sub-pools of the assigned pool only',
      action: 'create_pool',
      from: 'resource in principal.manages',
      to: 'principal.manages.contains(resource)',
    },
    {
      rule: 'a manager deletes the assigned pool itself',
      action: 'delete_pool',
      from: 'resource.parent in principal.manages',
      to: 'resource in principal.manages',
    },
    {
      rule: 'a manager moves a pool to anywhere',
      action: 'move_pool',
      from: 'resource in principal.manages && context.newParent in principal.manages',
      to: 'resource in principal.manages',
    },
    {
      rule: 'a manager moves a pool from anywhere',
      action: 'move_pool',
      from: 'resource in principal.manages && context.newParent in principal.manages',
      to: 'context.newParent in principal.manages',
    },
    {
      rule: 'a member reads the audit log',
      action: 'read_audit_log',
      from: 'principal in Role::"organization_manager", action == Action::"read_audit_log"',
      to: 'principal, action == Action::"read_audit_log"',
    },
  ])('would be found to differ if they said: $rule', ({ action, from, to }) => {
    const flipped = policies.replace(from, to);
    expect(flipped).not.toBe(policies);
    const differs = differsBy(cedar(flipped));
    const { counterexample } = fc.check(
      fc.property(anyQuestions, (questions) => !questions.some(differs)),
      { numRuns, endOnFailure: true },
    );
    expect(counterexample?.[0].filter(differs).map((question) => question.action)).toEqual([action]);
  });
});
