import { entryOf } from '../../../../shared/open-enum.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';

/** Why an invite cannot be sent again; undefined: it can. */
export const whyNotResend = ({ status }: Invite): string | undefined =>
  status === 'pending' || status === 'expired'
    ? undefined
    : texts.onlyUnsettled(entryOf(texts.statusOf, status) ?? status);

/** Why an invite cannot be revoked; undefined: it can. */
export const whyNotRevoke = ({ status }: Invite): string | undefined =>
  status === 'pending' ? undefined : texts.onlyPending(entryOf(texts.statusOf, status) ?? status);

/** Why its address or roles cannot be changed; undefined: they can. */
export const whyNotEdit = (invite: Invite): string | undefined =>
  invite.status === 'expired' ? texts.resendFirst : whyNotRevoke(invite);
