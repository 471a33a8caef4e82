import { formatNumber } from './format.ts';

/** The maximum number of items that are named in a sentence. */
const namesShown = 5;

const andMore = (count: number): string => `and ${formatNumber(count)} more`;

/** The first names of a list, and the number of the others. */
export const firstNames = (names: readonly string[]): string => {
  const more = names.length - namesShown;
  return `${names.slice(0, namesShown).join(', ')}${more > 0 ? ` ${andMore(more)}` : ''}`;
};

export const partTexts = {
  hidden: 'Hidden',
  role: 'Role',
  pool: 'Pool',
  /** Follows the label of the field, as in “Role 2”. */
  rowNumber: (number: number) => formatNumber(number),
  chooseRole: 'Choose a role',
  choosePool: 'Choose a pool',
  findPool: 'Find a pool',
  noPool: 'No matching pools',
  chooseUser: 'Choose a user',
  findUser: 'Name or email address',
  noUser: 'No matching users',
  loadingUsers: 'Loading users',
  usersFailed: 'The users could not be loaded.',
  tryAgain: 'Try again',
  wholeOrganization: 'The whole organization',
  addRole: 'Add role',
  removeRole: (number: number) => `Remove role ${formatNumber(number)}`,
  remove: 'Remove',
  noRoles: 'No roles yet. Add at least one.',
  findRole: 'Find a role or pool',
  noRoleFound: 'No role matches.',
  groupBy: 'Group roles by',
  byRole: 'By role',
  byPool: 'By pool',
  removeNamed: (label: string) => `Remove ${label}`,
  chooseRoleFirst: 'Choose a role.',
  unknownRole: 'This version of Roster cannot assign this role. Choose another, or remove it.',
  choosePoolFirst: 'Choose a pool for this role.',
  owner: 'Owner',
  actions: 'Actions',
  filters: 'Filters',
  actionsFor: (name: string) => `Actions for ${name}`,
  edit: 'Edit',
  delete: 'Delete',
  moreRoles: (count: number) => `${formatNumber(count)} more`,
  mostRoles: (count: number) => `At most ${formatNumber(count)} roles.`,

  progress: (done: number, all: number) => `${formatNumber(done)} of ${formatNumber(all)} done`,
  notDone: (failed: number, all: number) =>
    failed === all && all === 1 ? 'Something went wrong' : `${formatNumber(failed)} of ${formatNumber(all)} failed`,
  notConfirmed: (failed: number, all: number) =>
    all === 1
      ? 'Your change may or may not have been saved'
      : `${formatNumber(failed)} of ${formatNumber(all)} may or may not have been saved`,
  failedBecause: (names: string[], reason: string) => `${firstNames(names)}: ${reason}`,
  andMore,
  stopped: (count: number) => `Stopped. ${formatNumber(count)} ${count === 1 ? 'was' : 'were'} not changed.`,
  tryAgainIn: (when: string) => `Try again ${when}.`,

  restored: (when: string) => `Restored from ${when}.`,
  discard: 'Discard',
  discardQuestion: 'Discard your changes?',
  discardText: 'You have not saved what you entered.',
  keepEditing: 'Keep editing',
  leaveUnstored: 'This browser cannot keep what you entered. Leave the page and lose it?',
  fieldsInError: (count: number) => `Please correct ${formatNumber(count)} fields`,

  reading: '…',
  amountIn: (label: string, currency: string) => `${label} (${currency})`,
  notAnAmount: 'Enter an amount with a decimal point, such as 1500 or 99.50.',
};
