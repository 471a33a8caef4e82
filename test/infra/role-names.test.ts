import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Files that may name a role, and why. All other files outside the console decide by an action of the permission matrix. */
const mayNameRoles: Record<string, string> = {
  'shared/roles/role.ts': 'defines the roles',
  'shared/roles/matrix.ts': 'is the matrix',
  'shared/roles/refusal.ts': 'describes the matrix in refusals',
  'shared/roles/authorize.ts': 'defines the role that every user has',
  'shared/users/manager-count.ts': 'counts organization managers',
  'shared/users/remaining-manager.ts': 'keeps an organization manager',
  'shared/organizations/create-organization.ts': 'grants the first role',
  'shared/operators/managers-invite.ts': 'grants the first role',
  'shared/invites/responsibility.ts': 'tells invites of organization managers from others',
  'shared/users/adjusted-roles.ts': 'gives the role that every user has to whoever would have none',
  'shared/canary/prepare-canary.ts': 'grants the first role',
  'shared/canary/canary-checks.ts': 'calls the API as its users do',
  'shared/users/operators.ts': 'defines the role that operators have as inviters',
};

test('no operation, view or mail names a role to decide a right', () => {
  const named = globSync('{shared,functions}/**/*.ts', { cwd: root }).filter((file) => {
    const source = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    // `member` is also the state of an address. It is a role only after `role:`.
    return /'(organization_manager|engineer|manager)'|role: 'member'|isOrganizationManager\(/.test(source);
  });
  // Neither the console nor the documentation decides anything.
  const domain = named.filter((file) => !file.startsWith('functions/console/') && !file.startsWith('shared/docs/'));
  expect(domain.filter((file) => !(file in mayNameRoles)).toSorted()).toEqual([]);
});
