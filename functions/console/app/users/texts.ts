import { formatNumber } from '../parts/format.ts';
import { firstNames } from '../parts/texts.ts';

interface Named {
  name: string;
}

export const usersOf = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'user' : 'users'}`;

/** For example “Ada Lovelace” or “2 users”. */
export const namesOf = (users: Named[]): string =>
  users.length === 1 && users[0] ? users[0].name : usersOf(users.length);

export const usersTexts = {
  users: 'Users',
  description: 'The people in this organization and their roles.',
  searchLabel: 'Search',
  search: 'Name or email',
  searchNames: 'Name',
  domainNotAllowed: 'Domain not allowed',
  clear: 'Clear filters',
  role: 'Role',
  anyRole: 'Any role',
  pool: 'Pool',
  anyPool: 'Any pool',
  status: 'Status',
  domain: 'Email domain',
  domainHint: 'example.com',
  sort: 'Sort by',
  sortOf: { name: 'Name', joined: 'Newest first' },

  totals: 'Totals',
  total: {
    users: (count: number) => `${formatNumber(count)} active ${count === 1 ? 'user' : 'users'}`,
    pending: (count: number) => `${formatNumber(count)} pending ${count === 1 ? 'invitation' : 'invitations'}`,
    bounced: (count: number) => `${formatNumber(count)} bounced`,
    expiring: (count: number) => `${formatNumber(count)} expiring soon`,
    removed: (count: number) => `${formatNumber(count)} deleted`,
  },
  countedAt: (when: string) => `Counted ${when}`,
  selectFirst: 'Select users first.',
  rowActions: (name: string) => `Actions for ${name}`,
  selectUser: (name: string) => `Select ${name}`,
  selectAll: 'Select all users on this page',
  columns: {
    name: 'Name',
    email: 'Email address',
    roles: 'Roles',
    status: 'Status',
    joinedAt: 'Joined',
    lastSeenAt: 'Last seen',
    actions: 'Actions',
  },
  statusOf: { active: 'Active', removed: 'Deleted' },
  accountOf: { active: 'Active', disabled: 'Account disabled', missing: 'Account deleted' },
  never: 'Never',
  none: 'No users',
  noneFound: 'No matching users',
  noneFoundText:
    'Each word you search for must be the beginning of a word of the name or of the email address. Start with @ to search for a domain.',
  selected: (count: number) => `(${formatNumber(count)} selected)`,

  exportCsv: 'Export CSV',
  exportSelected: 'Export selected',
  exporting: (count: number) => `Exporting: ${formatNumber(count)} users so far`,
  exported: (count: number) => `Exported ${usersOf(count)}.`,
  exportFailed: 'The export failed',

  deletedUsers: 'Deleted users',
  deletedDescription: 'Restore a user to return their roles and the assets that nobody has reassigned since.',
  deletedColumns: { removedAt: 'Deleted on', removedBy: 'Deleted by', successor: 'Assets went to' },
  left: 'Left the organization',
  noneDeleted: 'No deleted users',
  noneDeletedText: 'Users who are deleted, or who leave, are listed here and can be restored.',

  changeRoles: 'Change roles',
  changeRolesOf: (name: string) => `Change roles of ${name}`,
  bulkRoles: {
    add: {
      menu: 'Add roles',
      submit: 'Add roles',
      header: (users: Named[]) => `Add roles to ${namesOf(users)}`,
      text: 'A user has one role per pool. Each role below replaces the role that a user has on the same pool, or on the organization.',
    },
    remove: {
      menu: 'Remove roles',
      submit: 'Remove roles',
      header: (users: Named[]) => `Remove roles from ${namesOf(users)}`,
      text: 'Users who do not have these roles are not changed. Anybody left without a role becomes a member.',
    },
    replace: {
      menu: 'Replace roles',
      submit: 'Replace roles',
      header: (users: Named[]) => `Replace the roles of ${namesOf(users)}`,
      text: 'The roles below replace all current roles of each user.',
    },
  },
  foreseeingRoles: 'Checking whose roles will change',
  rolesForecast: (changed: number, same: number) =>
    `The roles of ${usersOf(changed)} will change.${same > 0 ? ` ${usersOf(same)} already ${same === 1 ? 'has' : 'have'} the resulting roles.` : ''}`,
  demoted: (names: string[]) =>
    `No longer organization ${names.length === 1 ? 'manager' : 'managers'}: ${firstNames(names)}.`,
  rolesNotChangeable: (count: number, all: number) =>
    `The roles of ${formatNumber(count)} of ${usersOf(all)} cannot be changed`,
  rolesChanged: (users: Named[]) => `Changed the roles of ${namesOf(users)}.`,
};
