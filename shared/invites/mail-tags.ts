import type { Mail } from '../ports.ts';

/** Identifies the invite of an email, and the round in which that email was requested. */
export interface MailedInvite {
  organizationId: string;
  inviteId: string;
  round: number;
}

/** The tags of an invite's email. The email service returns them with each of its events. */
export const mailTags = ({ organizationId, inviteId, round }: MailedInvite): Mail['tags'] => ({
  organization: organizationId,
  invite: inviteId,
  round: String(round),
});

/** Returns undefined for the tags of any other email: a notice, or an email of another application. */
export const parseMailTags = (tags: Mail['tags']): MailedInvite | undefined => {
  const { organization = '', invite = '', round } = tags;
  const mailed = { organizationId: organization, inviteId: invite, round: Number(round) };
  const isInvite = /^org_[0-9A-Z]{26}$/.test(organization) && /^inv_[0-9A-Z]{26}$/.test(invite);
  return isInvite && Number.isInteger(mailed.round) ? mailed : undefined;
};
