import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignmentsMax } from '../../shared/limits.ts';
import {
  formatAssignment,
  isOrganizationManager,
  parseAssignment,
  poolOf,
  roles,
  sameAssignments,
  type RoleAssignment,
} from '../../shared/roles/role.ts';
import { roleAssignments } from '../../shared/roles/role-schemas.ts';
import { anyText } from './any-text.ts';

const stored: { text: string; assignment: RoleAssignment; poolId: string | undefined }[] = [
  { text: 'organization_manager', assignment: { role: 'organization_manager' }, poolId: undefined },
  { text: 'member', assignment: { role: 'member' }, poolId: undefined },
  { text: 'manager@pool_01', assignment: { role: 'manager', poolId: 'pool_01' }, poolId: 'pool_01' },
  { text: 'engineer@pool_02', assignment: { role: 'engineer', poolId: 'pool_02' }, poolId: 'pool_02' },
];

test('there are the four roles, highest first', () => {
  expect(roles).toEqual(['organization_manager', 'manager', 'engineer', 'member']);
});

describe('the stored form of a role assignment', () => {
  test.each(stored)('$text is written so', ({ text, assignment }) => {
    expect(formatAssignment(assignment)).toBe(text);
  });

  test.each(stored)('$text is read so', ({ text, assignment }) => {
    expect(parseAssignment(text)).toEqual(assignment);
  });

  test.each(stored)('$text is held on $poolId', ({ assignment, poolId }) => {
    expect(poolOf(assignment)).toBe(poolId);
  });

  test.each([
    '',
    '@',
    'manager',
    'manager@',
    'manager@pool_01|2027-01-01',
    'manager@pool_01@pool_02',
    'engineer@pool 01',
    'auditor',
    'engineer',
    'engineer@',
    'member@pool_01',
    'member@',
    'organization_manager@pool_01',
    'owner',
    'owner@pool_01',
    'Manager@pool_01',
    'MEMBER',
    ' member',
    'member ',
    'manager @pool_01',
    'm\u0430nager@pool_01',
    '__proto__',
    '__proto__@pool_01',
    'constructor',
    'toString@pool_01',
  ])(
    '%j is read as an assignment of a newer version, which has no pool, makes nobody a manager, and is written back unchanged',
    (text) => {
      const assignment = parseAssignment(text);
      expect(assignment).toEqual({ role: 'unknown', stored: text });
      expect(poolOf(assignment)).toBeUndefined();
      expect(isOrganizationManager([assignment])).toBe(false);
      expect(formatAssignment(assignment)).toBe(text);
    },
  );

  test('every assignment on a pool is unchanged after it is stored and read', () => {
    const ids = fc.stringMatching(/^pool_[0-9A-HJKMNP-TV-Z]{26}$/);
    fc.assert(
      fc.property(fc.constantFrom('manager', 'engineer'), ids, (role, poolId) => {
        expect(parseAssignment(formatAssignment({ role, poolId }))).toEqual({ role, poolId });
      }),
      { numRuns: 50 },
    );
  });

  test.each(['pool_01', 'p', '0', '_', 'Pool_01', 'manager', 'constructor', '__proto__', 'p'.repeat(64)])(
    'the pool id %j, which a request may contain, is unchanged after it is stored and read',
    (poolId) => {
      const [assignment] = roleAssignments.parse([{ role: 'manager', poolId }]);
      expect(assignment && parseAssignment(formatAssignment(assignment))).toEqual({ role: 'manager', poolId });
    },
  );

  test('every assignment that a request may contain is unchanged after it is stored and read', () => {
    const ids = fc.oneof(fc.stringMatching(/^\w{1,64}$/), fc.string({ minLength: 1, maxLength: 64 }), anyText(64));
    fc.assert(
      fc.property(fc.constantFrom('manager', 'engineer'), ids, (role, poolId) => {
        const given = roleAssignments.safeParse([{ role, poolId }]);
        expect(given.data?.map(formatAssignment).map(parseAssignment)).toEqual(given.data);
      }),
      { numRuns: 200 },
    );
  });
});

describe('an organization manager is', () => {
  test.each<{ who: string; assignments: RoleAssignment[]; is: boolean }>([
    { who: 'who holds that role', assignments: [{ role: 'organization_manager' }], is: true },
    {
      who: 'who holds it among others',
      assignments: [{ role: 'engineer', poolId: 'pool_1' }, { role: 'organization_manager' }],
      is: true,
    },
    { who: 'not a member', assignments: [{ role: 'member' }], is: false },
    { who: 'not a manager of a pool', assignments: [{ role: 'manager', poolId: 'pool_1' }], is: false },
    {
      who: 'not a manager of a pool of that name',
      assignments: [{ role: 'manager', poolId: 'organization_manager' }],
      is: false,
    },
    { who: 'not who holds nothing', assignments: [], is: false },
  ])('$who', ({ assignments, is }) => {
    expect(isOrganizationManager(assignments)).toBe(is);
  });
});

test('two lists differ if only one of them has an assignment that only a newer version knows', () => {
  const member: RoleAssignment = { role: 'member' };
  const unknown = parseAssignment('auditor');
  expect(sameAssignments([member, unknown], [member])).toBe(false);
  expect(sameAssignments([member], [member, unknown])).toBe(false);
  expect(sameAssignments([member, unknown], [unknown, member])).toBe(true);
});

const manyPools = (count: number): RoleAssignment[] =>
  Array.from({ length: count }, (_, index) => ({ role: index % 2 ? 'manager' : 'engineer', poolId: `pool_${index}` }));

describe('role assignments that a request may give', () => {
  test.each<{ what: string; given: RoleAssignment[] }>([
    { what: 'an organization manager', given: [{ role: 'organization_manager' }] },
    { what: 'a member', given: [{ role: 'member' }] },
    { what: 'a manager of a pool', given: [{ role: 'manager', poolId: 'pool_1' }] },
    { what: 'an engineer in a pool', given: [{ role: 'engineer', poolId: 'pool_1' }] },
    {
      what: 'one role each in several pools and one on the organization',
      given: [
        { role: 'engineer', poolId: 'pool_1' },
        { role: 'member' },
        { role: 'manager', poolId: 'pool_2' },
        { role: 'manager', poolId: 'pool_3' },
      ],
    },
    { what: '50 assignments', given: manyPools(50) },
    { what: 'a pool id of 64 characters', given: [{ role: 'manager', poolId: 'p'.repeat(64) }] },
    { what: 'a pool id that every object has as a name', given: [{ role: 'manager', poolId: '__proto__' }] },
  ])('$what', ({ given }) => {
    expect(roleAssignments.parse(JSON.parse(JSON.stringify(given)))).toEqual(given);
  });

  test('the limit is the 50 of the product', () => {
    expect(assignmentsMax).toBe(50);
  });
});

describe('role assignments that are refused', () => {
  test.each([
    { what: 'an empty list', json: '[]' },
    { what: 'no list', json: '{"role":"member"}' },
    { what: 'null', json: 'null' },
    { what: 'a text', json: '"member"' },
    { what: 'a text in the list', json: '["member"]' },
    { what: 'null in the list', json: '[null]' },
    { what: 'a list in the list', json: '[[{"role":"member"}]]' },
    { what: 'an empty assignment', json: '[{}]' },
    { what: 'an unknown role', json: '[{"role":"owner"}]' },
    { what: 'a role in capitals', json: '[{"role":"MEMBER"}]' },
    { what: 'a role with a capital', json: '[{"role":"Organization_manager"}]' },
    { what: 'a role as people read it', json: '[{"role":"Organization manager"}]' },
    { what: 'a role with a space behind', json: '[{"role":"member "}]' },
    { what: 'a role with a Cyrillic letter', json: '[{"role":"m\\u0435mber"}]' },
    { what: 'a role with a full-width letter', json: '[{"role":"\\uff4dember"}]' },
    { what: 'a role with a zero-width space', json: '[{"role":"member\\u200b"}]' },
    { what: 'a role in its stored form', json: '[{"role":"manager@pool_1"}]' },
    { what: 'a role that every object has as a name', json: '[{"role":"constructor"}]' },
    { what: '__proto__ as a role', json: '[{"role":"__proto__"}]' },
    { what: 'a number as a role', json: '[{"role":0}]' },
    { what: 'a list as a role', json: '[{"role":["member"]}]' },
    { what: 'a manager without a pool', json: '[{"role":"manager"}]' },
    { what: 'an engineer without a pool', json: '[{"role":"engineer"}]' },
    { what: 'a manager of no pool', json: '[{"role":"manager","poolId":""}]' },
    { what: 'a manager of null', json: '[{"role":"manager","poolId":null}]' },
    { what: 'a manager of a number', json: '[{"role":"manager","poolId":1}]' },
    { what: 'a manager of a list of pools', json: '[{"role":"manager","poolId":["pool_1"]}]' },
    { what: 'a pool id of 65 characters', json: `[{"role":"manager","poolId":"${'p'.repeat(65)}"}]` },
    {
      what: 'a pool id with the sign of the stored form inside',
      json: '[{"role":"manager","poolId":"pool_1@pool_2"}]',
    },
    { what: 'a pool id with the sign of the stored form before', json: '[{"role":"manager","poolId":"@pool_1"}]' },
    { what: 'a pool id with the sign of the stored form behind', json: '[{"role":"manager","poolId":"pool_1@"}]' },
    { what: 'a pool id with the sign of a key', json: '[{"role":"manager","poolId":"pool_1#x"}]' },
    { what: 'a pool id with a tab', json: '[{"role":"manager","poolId":"pool_1\\tx"}]' },
    { what: 'a pool id with a line end behind', json: '[{"role":"manager","poolId":"pool_1\\n"}]' },
    { what: 'a pool id on two lines', json: '[{"role":"manager","poolId":"pool_1\\npool_2"}]' },
    { what: 'a pool id with a space', json: '[{"role":"manager","poolId":"pool 1"}]' },
    { what: 'a pool id with a hyphen', json: '[{"role":"manager","poolId":"pool-1"}]' },
    { what: 'a pool id with a letter outside ASCII', json: '[{"role":"manager","poolId":"p\\u00f6\\u00f6l_1"}]' },
    { what: 'a pool id with a null character', json: '[{"role":"manager","poolId":"pool_1\\u0000"}]' },
    { what: 'an organization manager of a pool', json: '[{"role":"organization_manager","poolId":"pool_1"}]' },
    { what: 'a member in a pool', json: '[{"role":"member","poolId":"pool_1"}]' },
    { what: 'a member in the pool null', json: '[{"role":"member","poolId":null}]' },
    {
      what: 'the same role on the same pool twice',
      json: '[{"role":"manager","poolId":"pool_1"},{"role":"manager","poolId":"pool_1"}]',
    },
    {
      what: 'two roles on the same pool',
      json: '[{"role":"manager","poolId":"pool_1"},{"role":"engineer","poolId":"pool_1"}]',
    },
    {
      what: 'two roles on the same pool with another between',
      json: '[{"role":"manager","poolId":"pool_1"},{"role":"member"},{"role":"engineer","poolId":"pool_1"}]',
    },
    { what: 'two roles on the organization', json: '[{"role":"organization_manager"},{"role":"member"}]' },
    { what: 'the same role on the organization twice', json: '[{"role":"member"},{"role":"member"}]' },
    { what: '51 assignments', json: JSON.stringify(manyPools(51)) },
    { what: 'an unknown field', json: '[{"role":"member","until":"2027"}]' },
    { what: 'an unknown field beside a pool', json: '[{"role":"manager","poolId":"pool_1","poolName":"Web"}]' },
    { what: 'a field named __proto__', json: '[{"role":"member","__proto__":{}}]' },
    { what: 'a pool that comes through __proto__', json: '[{"role":"manager","__proto__":{"poolId":"pool_1"}}]' },
    { what: 'a role that comes through __proto__', json: '[{"__proto__":{"role":"organization_manager"}}]' },
    { what: 'a field named constructor', json: '[{"role":"member","constructor":{}}]' },
    { what: 'one bad assignment among good ones', json: '[{"role":"member"},{"role":"manager"}]' },
  ])('$what', ({ json }) => {
    expect(roleAssignments.safeParse(JSON.parse(json)).success).toBe(false);
  });

  test('a duplicate is reported with its position and its kind', () => {
    const { error } = roleAssignments.safeParse([
      { role: 'member' },
      { role: 'manager', poolId: 'pool_1' },
      { role: 'engineer', poolId: 'pool_1' },
      { role: 'organization_manager' },
    ]);
    expect(error?.issues.map(({ path, code, ...rest }) => [path, code, 'params' in rest && rest.params])).toEqual([
      [[2], 'custom', { code: 'duplicate_pool' }],
      [[3], 'custom', { code: 'duplicate_role' }],
    ]);
  });

  test('whatever JSON a client sends, the schema returns a result and does not throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => roleAssignments.safeParse(value)).not.toThrow();
        expect(() => roleAssignments.safeParse([value])).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});
