import { isOpen } from '../../../../shared/invites/invite-status.ts';
import { entryOf } from '../../../../shared/open-enum.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';

/** Returns why an invite cannot be sent again, or undefined if it can. */
export const whyNotResend = ({ status, roles, addressSuppressed }: Invite): string | undefined => {
  if (!isOpen(status) && status !== 'expired') return texts.onlyUnsettled(entryOf(texts.statusOf, status) ?? status);
  if (roles.length === 0) return status === 'expired' ? texts.inviteAgain : texts.rolesFirst;
  return addressSuppressed ? texts.suppressed : undefined;
};

/** Returns why an invite cannot be revoked, or undefined if it can. */
export const whyNotRevoke = ({ status }: Invite): string | undefined =>
  isOpen(status) ? undefined : texts.onlyPending(entryOf(texts.statusOf, status) ?? status);

/** Returns why the roles of an invite cannot be changed, or undefined if they can. */
export const whyNotEditRoles = (invite: Invite): string | undefined => {
  if (invite.status !== 'expired') return whyNotRevoke(invite);
  return invite.roles.length === 0 ? texts.inviteAgain : texts.resendFirst;
};

/** Returns why the address of an invite cannot be corrected, or undefined if it can. */
export const whyNotCorrect = (invite: Invite): string | undefined =>
  invite.status === 'needs_roles' ? texts.rolesFirst : whyNotEditRoles(invite);
