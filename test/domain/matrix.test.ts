import { describe, expect, test } from 'vitest';
import { actions, reachOf, type Action, type Reach } from '../../shared/roles/matrix.ts';
import { roles, type Role } from '../../shared/roles/role.ts';

/**
 * Typed by hand from the matrix in shared/README.md, row by row. `anywhere`: yes, in the whole organization; `scope`: in assigned pools and
 * below; `below`: below an assigned pool, not the assigned pool itself; `own`: what they own, in assigned pools and below;
 * `no`: an empty cell.
 */
const table: [what: string, Action, organizationManager: Cell, manager: Cell, engineer: Cell, member: Cell][] = [
  [
    'read users, invites, pools, resources, policies, data sources',
    'read',
    'anywhere',
    'anywhere',
    'anywhere',
    'anywhere',
  ],
  ['read the audit log', 'read_audit_log', 'anywhere', 'no', 'no', 'no'],
  ['change organization settings', 'change_settings', 'anywhere', 'no', 'no', 'no'],
  ['invite, resend, edit and revoke invites', 'invite_users', 'anywhere', 'no', 'no', 'no'],
  ['change roles', 'change_roles', 'anywhere', 'no', 'no', 'no'],
  ['remove and restore users', 'remove_users', 'anywhere', 'no', 'no', 'no'],
  ['manage service accounts', 'manage_service_accounts', 'anywhere', 'no', 'no', 'no'],
  ['check what other users may do', 'check_permissions', 'anywhere', 'no', 'no', 'no'],
  ['create a sub-pool', 'create_pool', 'anywhere', 'scope', 'no', 'no'],
  ['rename a pool, set its limit or default owner', 'edit_pool', 'anywhere', 'scope', 'no', 'no'],
  ['move a pool', 'move_pool', 'anywhere', 'scope', 'no', 'no'],
  // Not the root: a role on the organization is one on the root pool.
  ['delete a pool', 'delete_pool', 'below', 'below', 'no', 'no'],
  ['manage policies', 'manage_policies', 'anywhere', 'no', 'no', 'no'],
  ['manage data sources', 'manage_data_sources', 'anywhere', 'no', 'no', 'no'],
  ['add, delete, re-own or move a resource, or set its cost', 'manage_resources', 'anywhere', 'scope', 'no', 'no'],
  ['edit a resource', 'edit_resource', 'anywhere', 'scope', 'own', 'no'],
  ['leave the organization', 'leave_organization', 'anywhere', 'anywhere', 'anywhere', 'anywhere'],
];

type Cell = Reach | 'no';

const words: Record<Cell, string> = {
  anywhere: 'may, anywhere,',
  scope: 'may, in assigned pools and below,',
  below: 'may, below an assigned pool only,',
  own: 'may, where they own it in assigned pools and below,',
  no: 'may never',
};

const cells = table.flatMap(([what, action, organizationManager, manager, engineer, member]) =>
  (
    [
      ['organization_manager', organizationManager],
      ['manager', manager],
      ['engineer', engineer],
      ['member', member],
    ] satisfies [Role, Cell][]
  ).map(([role, cell]) => ({ role, what, action, cell, may: words[cell] })),
);

describe('the permission matrix of the product', () => {
  test.each(cells)('$role $may $what', ({ role, action, cell }) => {
    expect(reachOf(action, role) ?? 'no').toBe(cell);
  });

  test('the code has no action that the product does not name', () => {
    expect(actions.toSorted()).toEqual(table.map(([, action]) => action).toSorted());
  });

  test('every role of the code has a column', () => {
    expect(cells.slice(0, 4).map(({ role }) => role)).toEqual([...roles]);
  });
});
