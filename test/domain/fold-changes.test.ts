import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldChanges, reportedChanges } from '../../shared/mail/fold-changes.ts';
import type { Change, ChangeKind } from '../../shared/mail/notice.ts';

const change = (thing: string, before: string, after: string, kind: ChangeKind = 'roles_changed'): Change => ({
  kind,
  facts: { roles: after },
  thing,
  before,
  after,
});

const states = fc.constantFrom('a', 'b', 'c');
const things = fc.constantFrom('roles', 'usr_1', 'usr_2');

/** Changes of a few things, each from the state in which the previous change left the thing. */
const anyChanges = fc.array(fc.tuple(things, states)).map((steps) => {
  const current = new Map<string, string>();
  return steps.map(([thing, after]) => {
    const before = current.get(thing) ?? 'a';
    current.set(thing, after);
    return change(thing, before, after);
  });
});

describe('folded changes', () => {
  test('contain each thing that is not what it was before, once, with its latest state', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const effects = new Map(changes.map(({ thing, after }) => [thing, after]));
        const changed = [...effects].filter(([, after]) => after !== 'a');
        const folded = foldChanges(changes);
        expect(new Map(folded.map(({ thing, after }) => [thing, after]))).toEqual(new Map(changed));
        expect(folded).toHaveLength(changed.length);
        for (const { before } of folded) expect(before).toBe('a');
      }),
    );
  });

  test('are the same whether they are folded in parts or at once', () => {
    fc.assert(
      fc.property(anyChanges, fc.nat(), (changes, at) => {
        const split = at % (changes.length + 1);
        const inParts = foldChanges([...foldChanges(changes.slice(0, split)), ...changes.slice(split)]);
        expect(inParts).toEqual(foldChanges(changes));
      }),
    );
  });

  test('keep the changes that an earlier version stored without their state', () => {
    const old: Change[] = [
      { kind: 'roles_changed', facts: { roles: 'Member' } },
      { kind: 'roles_changed', facts: { roles: 'Member' } },
    ];
    expect(foldChanges(old)).toEqual(old);
  });
});

test('once access has ended, only that and what followed are reported', () => {
  const [roles, removed, restored] = [
    change('roles', 'a', 'b'),
    change('usr_1', 'active', 'removed', 'removed'),
    change('usr_2', 'removed', 'active', 'restored'),
  ];
  expect(reportedChanges([roles, removed, restored])).toEqual([removed, restored]);
  expect(reportedChanges([roles, restored])).toEqual([roles, restored]);
});
