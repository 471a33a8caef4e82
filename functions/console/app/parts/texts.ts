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
  wholeOrganization: 'The whole organization',
  addRole: 'Add role',
  removeRole: (number: number) => `Remove role ${formatNumber(number)}`,
  remove: 'Remove',
  noRoles: 'No role yet: add one.',
  chooseRoleFirst: 'Choose a role.',
  choosePoolFirst: 'Choose the pool that this role is held on.',
  mostRoles: (count: number) => `At most ${formatNumber(count)} roles.`,

  chooseUser: 'Choose a user',
  findUser: 'Find by name or e-mail address',
  noUser: 'Nobody of that name or address',
  moreUsers: 'There are more: search for the name.',
  usersFailed: 'The users could not be loaded.',
  tryAgain: 'Try again',
  reading: '…',
  notAnAmount: 'Write an amount with a point, as 1500 or 99.50.',
};
