import { formatNumber } from './format.ts';

/** The maximum number of items that are named for each reason of a failure. */
const namesShown = 5;

export const partTexts = {
  role: 'Role',
  pool: 'Pool',
  /** Follows the label of the field, as in “Role 2”. */
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
  unknownRole: 'This version of Roster cannot grant this role: choose another, or remove it.',
  choosePoolFirst: 'Choose the pool that this role is held on.',
  owner: 'Owner',
  actions: 'Actions',
  actionsFor: (name: string) => `Actions for ${name}`,
  edit: 'Edit',
  delete: 'Delete',
  moreRoles: (count: number) => `${formatNumber(count)} more`,
  mostRoles: (count: number) => `At most ${formatNumber(count)} roles.`,

  progress: (done: number, all: number) => `${formatNumber(done)} of ${formatNumber(all)} done`,
  notDone: (failed: number, all: number) =>
    failed === all && all === 1 ? 'That did not work' : `${formatNumber(failed)} of ${formatNumber(all)} did not work`,
  failedBecause: (names: string[], reason: string) => {
    const more = names.length - namesShown;
    return `${names.slice(0, namesShown).join(', ')}${more > 0 ? ` and ${formatNumber(more)} more` : ''}: ${reason}`;
  },
  stopped: (count: number) => `Stopped: ${formatNumber(count)} ${count === 1 ? 'was' : 'were'} left as before.`,
  tryAgainIn: (when: string) => `Try again ${when}.`,

  reading: '…',
  notAnAmount: 'Write an amount with a point, as 1500 or 99.50.',
};
