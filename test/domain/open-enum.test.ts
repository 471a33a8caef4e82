import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { entryOf, isKnown, openEnum, type UnknownValue } from '../../shared/open-enum.ts';
import { authorize, couldEver } from '../../shared/roles/authorize.ts';
import { actions } from '../../shared/roles/matrix.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { rightsOf } from '../../shared/roles/rights.ts';
import { roleName } from '../../shared/roles/role-name.ts';
import { parseAssignment } from '../../shared/roles/role.ts';

const colors = ['red', 'green'] as const;
/** Unknown values. Some are names that every object inherits, which a lookup by value must not find. */
const foreign = ['blue', 'constructor', '__proto__', 'toString', ''] as UnknownValue[];

describe('an open enum', () => {
  test('accepts known and unknown strings unchanged, and nothing that is no string', () => {
    for (const value of [...colors, ...foreign]) expect(openEnum(colors).parse(value)).toBe(value);
    for (const value of [undefined, null, 1, {}, ['red']])
      expect(openEnum(colors).safeParse(value).success).toBe(false);
  });

  test('has the JSON schema of an enum of the known values', () => {
    expect(z.toJSONSchema(openEnum(colors))).toMatchObject(z.toJSONSchema(z.enum(colors)));
  });

  test.each(foreign)('treats %j as unknown', (value) => {
    expect(isKnown(colors, value)).toBe(false);
    expect(entryOf<'red' | 'green', number>({ red: 1, green: 2 }, value)).toBeUndefined();
  });

  test.each(colors)('treats %j as known', (value) => {
    expect(isKnown(colors, value)).toBe(true);
    expect(entryOf({ red: 'Red', green: 'Green' }, value)).toMatch(/^(Red|Green)$/);
  });
});

test.each(foreign)('the unknown role %j is named by its stored text', (role) => {
  expect(roleName(role)).toBe(role);
});

describe('an assignment that only a newer version knows', () => {
  const web = { id: 'pool_web', name: 'Web', parentId: 'pool_root' };
  const tree = buildPoolTree([{ id: 'pool_root', name: 'Root' }, web]);
  const unknown = ['auditor', 'organization_manager|2027', 'manager@pool_web|2027', 'owner@pool_web', 'unknown'].map(
    parseAssignment,
  );
  const manager = parseAssignment('manager@pool_web');

  test.each(actions)(
    'gives no right to %s, alone or with other assignments, and is never reported as the reason',
    (action) => {
      const target = { poolPath: ['pool_root', 'pool_web'], own: true };
      expect(authorize(unknown, action, target)).toEqual(authorize([], action, target));
      expect(couldEver(unknown, action)).toBe(couldEver([], action));
      expect(authorize([...unknown, manager], action, target)).toEqual(authorize([manager], action, target));
    },
  );

  test('adds no right', () => {
    const where = { tree, rootId: 'pool_root' };
    expect(rightsOf(unknown, where)).toEqual(rightsOf([], where));
    expect(rightsOf([...unknown, manager], where)).toEqual(rightsOf([manager], where));
  });
});
