import { assetKinds, capitalized, singularOf, type AssetKind } from '../../../../shared/asset-kinds.ts';
import { andList, formatNumber } from '../parts/format.ts';
import { firstNames } from '../parts/texts.ts';
import { namesOf, usersOf } from './texts.ts';

export const countOf = (kind: AssetKind, count: number): string =>
  `${formatNumber(count)} ${count === 1 ? singularOf(kind) : assetKinds[kind].plural}`;

export const removalTexts = {
  delete: 'Delete',
  deleteOf: (name: string) => `Delete ${name}`,
  deleteText: (name: string) =>
    `${name} loses access immediately and is notified by email. Everything they own goes to the successor. You can restore them at any time.`,
  deleteMany: (count: number) => `Delete ${usersOf(count)}`,
  deleteManyText:
    'They lose access immediately and are notified by email. Everything they own goes to the successor. You can restore them at any time.',
  notYourself:
    'You selected yourself too, but you will not be deleted. To leave the organization, use the actions in your own row.',
  foreseeing: 'Checking who can be deleted',
  notDeletable: (count: number, all: number) => `${formatNumber(count)} of ${usersOf(all)} cannot be deleted`,
  leave: 'Leave the organization',
  leaveText:
    'You will lose access immediately. Everything you own goes to your successor. Only an organization manager can bring you back.',
  lastManager: 'This is the only organization manager. Make somebody else an organization manager first.',

  successor: 'Successor',
  successorText:
    'Will own everything listed below and will be notified by email. You can choose any user who can sign in.',
  suggested: 'Suggested',
  canManageAll: 'Can manage all of these assets',
  otherUsers: 'Other users',
  you: 'You',
  ownerOf: (pool: string) => `Owner of ${pool}`,
  cannotSucceed: 'Cannot take over because they cannot sign in',
  chooseSuccessor: 'Choose a successor',
  chooseSuccessorFirst: 'Choose a successor.',
  cannotChangeAny: (roles: string) => `${roles}: can view these assets but not change them`,
  cannotChangeSome: (roles: string, what: string[]) => `${roles}: can view but not change ${andList(what)}`,

  owns: 'What they own',
  youOwn: 'What you own',
  ownsNothing: 'Nothing',
  kind: (kind: AssetKind) => capitalized(assetKinds[kind].plural),
  asDefaultOwner: 'as default owner',
  aMonth: (cost: string) => `${cost} a month`,
  cost: (amount: string, exact: boolean) => `${exact ? '' : 'at least '}${amount}`,
  count: (count: number, exact: boolean) => `${exact ? '' : 'at least '}${formatNumber(count)}`,
  naming: (count: number) => `named in ${formatNumber(count)} ${count === 1 ? 'filter' : 'filters'}`,
  notExact: 'There are more assets than could be counted.',
  byPool: 'Resources by pool',
  pool: 'Pool',
  monthlyCost: 'Monthly cost',

  invites: (count: number) => `Pending invitations: ${formatNumber(count)}`,
  invitesText: (name: string) => `${name} sent these invitations, and nobody has answered them yet.`,
  invitesOfLeavers: 'They sent these invitations, and nobody has answered them yet.',
  invitesOfYours: 'You sent these invitations, and nobody has answered them yet.',
  pendingInvites: 'Pending invitations',
  invitesOfDemoted: 'What happens to the pending invitations of a user who is no longer an organization manager.',
  revokeManagers: 'Revoke invitations for organization managers',
  revokeManagersText:
    'Nobody can become an organization manager through them. You become responsible for the other invitations.',
  revokeManagersOfYours:
    'Nobody can become an organization manager through them. Your successor, who must be an organization manager, becomes responsible for the other invitations.',
  keep: 'Keep them',
  keepText: 'They stay valid, and you become responsible for them.',
  keepOfYours: 'They stay valid. Your successor, who must be an organization manager, becomes responsible for them.',
  revoke: 'Revoke them',
  revokeText: 'Their links no longer work.',

  deleted: (name: string, successor: string) => `Deleted ${name}. Everything they owned now belongs to ${successor}.`,
  deletedMany: (count: number, successor: string) =>
    `Deleted ${usersOf(count)}. Everything they owned now belongs to ${successor}.`,
  left: (successor: string) => `You have left the organization. Everything you owned now belongs to ${successor}.`,
  /** Without a name, the text is about the signed-in person. */
  stillBound: (name: string | undefined, accounts: string[]) =>
    `Service accounts that ${name ?? 'you'} set up keep working: ${andList(accounts)}.`,
  stillBoundMany: (accounts: string[]) => `Service accounts that they set up keep working: ${firstNames(accounts)}.`,
  undo: 'Undo',
  restore: 'Restore',
  restoreOf: (name: string) => `Restore ${name}`,
  restored: (users: { name: string }[]) =>
    users.length === 1
      ? `${namesOf(users)} is back, with all assets that have not been reassigned since.`
      : `${namesOf(users)} are back, with all assets that have not been reassigned since.`,
  restoreFirst: (successor: string) => `Restore ${successor} first. They took over these assets and were deleted too.`,
};
