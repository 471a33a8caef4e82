import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Files that may name a role, and why. Everything else decides by an action of the permission matrix. */
const mayNameRoles: Record<string, string> = {
  'shared/roles/role.ts': 'defines the roles',
  'shared/roles/matrix.ts': 'is the matrix',
  'shared/roles/refusal.ts': 'puts the matrix into words',
  'shared/roles/authorize.ts': 'says which role everybody has',
  'shared/users/manager-count.ts': 'counts organization managers',
  'shared/handover/remove-user.ts': 'counts organization managers',
  'shared/organizations/create-organization.ts': 'grants the first role',
  'shared/operators/managers-invite.ts': 'grants the first role',
  'shared/users/operators.ts': 'what operators count as when they invite',
};

test('no operation, view or mail names a role to decide a right', () => {
  const named = globSync('{shared,functions}/**/*.ts', { cwd: root }).filter((file) => {
    const source = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    // `member` is also the state of an address: only as a role it follows `role`.
    return /'(organization_manager|engineer|manager)'|role: 'member'|isOrganizationManager\(/.test(source);
  });
  const domain = named.filter((file) => !file.startsWith('functions/console/'));
  expect(domain.filter((file) => !(file in mayNameRoles)).toSorted()).toEqual([]);
});
