import { assetKinds, capitalized, singularOf, type AssetKind } from '../../../../shared/asset-kinds.ts';
import { andList, formatNumber } from '../parts/format.ts';
import { namesOf } from './texts.ts';

export const countOf = (kind: AssetKind, count: number): string =>
  `${formatNumber(count)} ${count === 1 ? singularOf(kind) : assetKinds[kind].plural}`;

export const removalTexts = {
  delete: 'Delete',
  deleteOf: (name: string) => `Delete ${name}`,
  deleteText: (name: string) =>
    `${name} loses access at once, and is told by mail. Everything they own passes to the successor. You can undo this, also later.`,
  leave: 'Leave the organization',
  leaveText:
    'This is you: you leave the organization and lose access at once. Everything you own passes to your successor. Only an organization manager can bring you back.',
  lastManager:
    'An organization keeps at least one organization manager, and this is the last: give somebody else that role first.',

  successor: 'Successor',
  successorText:
    'Will own everything listed below and will be notified by email. You can choose any user who can sign in.',
  cannotSucceed: 'Cannot sign in, so cannot take over',
  chooseSuccessor: 'Choose who takes over',
  chooseSuccessorFirst: 'Choose who takes over.',
  cannotChangeAny: (roles: string) => `${roles}: can read these assets but not change them`,
  cannotChangeSome: (roles: string, what: string[]) => `${roles}: can read but not change ${andList(what)}`,

  owns: 'What they own',
  youOwn: 'What you own',
  ownsNothing: 'Nothing.',
  kind: (kind: AssetKind) => capitalized(assetKinds[kind].plural),
  asDefaultOwner: 'as default owner',
  aMonth: (cost: string) => `${cost} a month`,
  cost: (amount: string, exact: boolean) => `${exact ? '' : 'at least '}${amount}`,
  count: (count: number, exact: boolean) => `${exact ? '' : 'at least '}${formatNumber(count)}`,
  naming: (count: number) => `named in ${formatNumber(count)} ${count === 1 ? 'filter' : 'filters'}`,
  notExact: 'There is more than was counted.',
  byPool: 'Resources by pool',
  pool: 'Pool',
  monthlyCost: 'Monthly cost',

  invites: (count: number) => `Pending invites: ${formatNumber(count)}`,
  invitesText: (name: string) => `${name} sent them, and nobody has answered yet.`,
  invitesOfYours: 'You sent them, and nobody has answered yet.',
  pendingInvites: 'Pending invites',
  invitesOfDemoted: 'What happens to the pending invites of a user who is no longer an organization manager.',
  revokeManagers: 'Revoke invites of organization managers',
  revokeManagersText: 'Nobody becomes an organization manager through them. You answer for the others from now on.',
  revokeManagersOfYours:
    'Nobody becomes an organization manager through them. Your successor answers for the others, and has to be an organization manager.',
  keep: 'Keep them',
  keepText: 'They stay valid. You answer for them from now on.',
  keepOfYours: 'They stay valid. Your successor answers for them, and has to be an organization manager.',
  revoke: 'Revoke them',
  revokeText: 'Their links no longer work.',

  deleted: (name: string, successor: string) => `${name} is deleted. ${successor} owns now what ${name} owned.`,
  left: (successor: string) => `You have left the organization. ${successor} owns now what you owned.`,
  /** Absent: the text is about the signed-in person. */
  stillBound: (name: string | undefined, accounts: string[]) =>
    `Service accounts that ${name ?? 'you'} set up keep their rights: ${andList(accounts)}.`,
  undo: 'Undo',
  restore: 'Restore',
  restoreOf: (name: string) => `Restore ${name}`,
  restored: (users: { name: string }[]) =>
    users.length === 1
      ? `${namesOf(users)} is back, with all assets that have not been reassigned since.`
      : `${namesOf(users)} are back, with all assets that have not been reassigned since.`,
  restoreFirst: (successor: string) => `${successor} took over and was deleted too: restore ${successor} first.`,
};
