import { describe, expect, test } from 'vitest';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { formatAssignment, parseAssignment, type RoleAssignment } from '../../shared/roles/role.ts';
import { adjustedRoles } from '../../shared/users/adjusted-roles.ts';

const pool = (id: string) => ({ id, name: id, holderId: 'usr_1', absorbed: [], version: 1 });
const tree = buildPoolTree([
  pool('root'),
  { ...pool('web'), parentId: 'root' },
  ...Array.from({ length: 50 }, (_, index) => ({ ...pool(`pool_${index}`), parentId: 'root' })),
]);

const assignments = (roles: string[]) => roles.map(parseAssignment);

/** The roles in their stored form after an adjustment, or the code of the refusal. */
const adjust = (held: string[], { add = [], remove = [] }: { add?: string[]; remove?: string[] }) => {
  const result = adjustedRoles(
    assignments(held),
    { add: assignments(add) as RoleAssignment[], remove: assignments(remove) as RoleAssignment[] },
    tree,
  );
  return result.ok ? result.value.map(formatAssignment) : result.error.code;
};

describe('adjusting the roles of a user', () => {
  test.each<[what: string, held: string[], adjustment: { add?: string[]; remove?: string[] }, after: string[]]>([
    ['adds a role', ['member'], { add: ['engineer@web'] }, ['member', 'engineer@web']],
    ['adds nothing that the user has', ['member'], { add: ['member'] }, ['member']],
    ['replaces the role on the same pool', ['manager@web'], { add: ['engineer@web'] }, ['engineer@web']],
    ['replaces the role on the organization', ['member'], { add: ['organization_manager'] }, ['organization_manager']],
    ['removes a role', ['member', 'engineer@web'], { remove: ['engineer@web'] }, ['member']],
    ['does not remove another role on that pool', ['manager@web'], { remove: ['engineer@web'] }, ['manager@web']],
    ['does not mind a missing role', ['member'], { remove: ['engineer@web', 'manager@gone'] }, ['member']],
    ['removes before it adds', ['member'], { add: ['member'], remove: ['member'] }, ['member']],
    ['makes whoever would have no role a member', ['engineer@web'], { remove: ['engineer@web'] }, ['member']],
    ['drops roles on deleted pools', ['engineer@gone'], { add: ['engineer@web'] }, ['engineer@web']],
    ['keeps a role of a newer version', ['auditor@web'], { add: ['engineer@web'] }, ['auditor@web', 'engineer@web']],
  ])('%s', (_, held, adjustment, after) => {
    expect(adjust(held, adjustment)).toEqual(after);
  });

  test('that changes nothing also keeps roles on deleted pools, so nothing is written', () => {
    expect(adjust(['member', 'engineer@gone'], { add: ['member'], remove: ['engineer@web'] })).toEqual([
      'member',
      'engineer@gone',
    ]);
  });

  test('gives nobody more than 50 roles', () => {
    const held = Array.from({ length: 50 }, (_, index) => `engineer@pool_${index}`);
    expect(adjust(held, { add: ['engineer@web'] })).toBe('role_limit_reached');
    expect(adjust(held, { add: ['engineer@web'], remove: ['engineer@pool_7'] })).toHaveLength(50);
    expect(adjust([...held.slice(1), 'engineer@gone'], { add: ['engineer@web'] })).toHaveLength(50);
  });
});
