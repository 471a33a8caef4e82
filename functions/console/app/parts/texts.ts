import { formatNumber } from './format.ts';

export const partTexts = {
  role: 'Role',
  pool: 'Pool',
  /** After the field’s own label: “Role 2”. */
  rowNumber: (number: number) => formatNumber(number),
  chooseRole: 'Choose a role',
  choosePool: 'Choose a pool',
  findPool: 'Find a pool',
  noPool: 'No pool of that name',
  chooseUser: 'Choose a user',
  findUser: 'Name or e-mail address',
  noUser: 'Nobody of that name or address',
  loadingUsers: 'Looking for users',
  usersFailed: 'The users could not be loaded.',
  tryAgain: 'Try again',
  wholeOrganization: 'The whole organization',
  addRole: 'Add role',
  removeRole: (number: number) => `Remove role ${formatNumber(number)}`,
  remove: 'Remove',
  noRoles: 'No role yet: add one.',
  chooseRoleFirst: 'Choose a role.',
  choosePoolFirst: 'Choose the pool that this role is held on.',
  owner: 'Owner',
  actions: 'Actions',
  actionsFor: (name: string) => `Actions for ${name}`,
  edit: 'Edit',
  delete: 'Delete',
  mostRoles: (count: number) => `At most ${formatNumber(count)} roles.`,

  reading: '…',
  notAnAmount: 'Write an amount with a point, as 1500 or 99.50.',
};
