import { expect, test } from 'vitest';
import { readInviteFile, templateRows } from '../../functions/console/app/invites/invite-file.ts';
import type { Pool } from '../../functions/console/app/organization/use-pools.ts';
import { toCsv } from '../../functions/console/app/parts/csv.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';

/** A tree of pools with these paths. A pool has its path as its id. */
const treeOf = (...paths: string[]) =>
  buildPoolTree<Pool>(
    paths.map((path) => {
      const parts = path.split(' / ');
      const parentId = parts.slice(0, -1).join(' / ');
      return {
        id: path,
        name: parts.at(-1) ?? '',
        path,
        ...(parentId !== '' && { parentId }),
        defaultOwnerId: 'usr_1',
        absorbed: [],
        version: 1,
      };
    }),
  );

const tree = treeOf('Acme', 'Acme / Web', 'Acme / Web / Shop', 'Acme / Data', 'Acme / Data / Shop', 'Acme / R&D; Labs');

const fileOf = (text: string, of = tree) => {
  const read = readInviteFile('new.csv', text, of);
  return 'file' in read ? read.file : expect.unreachable(read.problem);
};

const rolesOf = (roles: string, pools: string) =>
  fileOf(`email,roles,pools\nada@example.com,"${roles}","${pools}"`).invitees[0];

test.each([
  ['Engineer', 'Acme / Web', [['engineer', 'Acme / Web']]],
  ['engineer', 'web', [['engineer', 'Acme / Web']]],
  ['ENGINEER', 'web/shop', [['engineer', 'Acme / Web / Shop']]],
  ['Organization manager', '', [['organization_manager', undefined]]],
  ['organization_manager', '', [['organization_manager', undefined]]],
  [
    'Manager; Engineer',
    'Web; Data',
    [
      ['manager', 'Acme / Web'],
      ['engineer', 'Acme / Data'],
    ],
  ],
  [
    'Member; Engineer',
    'Web',
    [
      ['member', undefined],
      ['engineer', 'Acme / Web'],
    ],
  ],
  [
    'Engineer',
    'Web | Data',
    [
      ['engineer', 'Acme / Web'],
      ['engineer', 'Acme / Data'],
    ],
  ],
  ['Engineer', 'R&D; Labs', [['engineer', 'Acme / R&D; Labs']]],
  [
    'Engineer · Web; Member',
    '',
    [
      ['engineer', 'Acme / Web'],
      ['member', undefined],
    ],
  ],
  ['', '', []],
])('the roles “%s” on the pools “%s” are accepted', (roles, pools, expected) => {
  const invitee = rolesOf(roles, pools);
  expect(invitee?.problem).toBeUndefined();
  expect(invitee?.roles.map(({ role, poolId }) => [role, poolId])).toEqual(expected);
});

test.each([
  ['Admin', '', '“Admin” is not a role. The roles are Organization manager, Manager, Engineer and Member.'],
  ['Engineer', 'Shop', 'Several pools are called “Shop”. Write the whole path.'],
  ['Engineer', 'Acme / Nowhere', 'There is no pool “Acme / Nowhere”.'],
  ['Engineer', '', '1 role needs a pool, but 0 pools are named.'],
  ['Engineer; Manager', 'Web', '2 roles need a pool, but 1 pool is named.'],
  ['Engineer; Manager', 'Web; Web', 'A person can have only one role per pool.'],
  ['Member', 'Web', 'These roles apply to the whole organization, so do not name a pool.'],
  ['', 'Web', 'A pool is named, but no role.'],
])('the roles “%s” on the pools “%s” are refused', (roles, pools, problem) => {
  expect(rolesOf(roles, pools)?.problem).toBe(problem);
});

test('each problem is shown with the line of the file', () => {
  const file = fileOf(
    'E-Mail Address;Full name;Team\nada@example.com;"Ada\nLovelace";A\nAda@example.com;;\n;Nobody;\nalan;;\n',
  );
  expect(file.ignored).toEqual(['Team']);
  expect(file.invitees.map(({ line, email, problem }) => [line, email, problem])).toEqual([
    [2, 'ada@example.com', undefined],
    [4, 'Ada@example.com', 'The address is in an earlier line too.'],
    [5, '', 'The email address is missing.'],
    [6, 'alan', 'The “@” is missing.'],
  ]);
});

test.each([
  ['ada@example.com\n', 'The first line must name the columns'],
  ['', 'The first line must name the columns'],
  ['email,name\n', 'The file has no lines'],
  ['email,name\n"ada@example.com,Ada\n', 'In line 2, a quotation mark is not closed.'],
])('an unusable file is refused as a whole: %j', (text, problem) => {
  expect(readInviteFile('new.csv', text, tree)).toMatchObject({ problem: expect.stringContaining(problem) as string });
});

test.each([1, 2, 6])('the template is a valid file in an organization of %i pools', (count) => {
  const some = treeOf(...[...tree.all()].slice(0, count).map(({ path }) => path));
  const { invitees } = fileOf(toCsv(templateRows(some)), some);
  expect(invitees.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
  expect(invitees.every(({ roles }) => roles.length > 0)).toBe(true);
});
