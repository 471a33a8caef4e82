import { headerText, inert, mailHtml, mailText, type MailContent } from '../mail/mail-body.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Mail } from '../ports.ts';
import { rolesInWords } from '../users/roles-in-words.ts';
import type { Invite } from './invite.ts';

export interface InviteMailFacts {
  invite: Invite;
  organizationName: string;
  inviterName: string;
  tree: PoolTree;
  link: string;
}

/** The mail that brings the link. */
export const inviteMail = ({ invite, organizationName, inviterName, tree, link }: InviteMailFacts): Mail => {
  const organization = inert(organizationName);
  const content: MailContent = {
    heading: `Join ${organization}`,
    paragraphs: [
      `${inert(inviterName)} invites you to ${organization}.`,
      `Your roles: ${inert(rolesInWords(invite.assignments, tree))}.`,
    ],
    quote: invite.message && inert(invite.message),
    button: { label: 'See the invite', url: link },
    closing: [
      `The invite is for ${inert(invite.email)} and ends on ${inWords(invite.expiresAt)}.`,
      'You did not expect this? Then do nothing: without you nothing happens, and the invite ends by itself.',
    ],
  };
  return {
    to: invite.email,
    subject: headerText(`${inviterName} invites you to ${organizationName}`),
    html: mailHtml(content),
    text: mailText(content),
    tags: { organization: invite.organizationId, invite: invite.id },
  };
};

/** "30 November 2026, 14:05 UTC". */
const inWords = (instant: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(instant))} UTC`.replace(
    ' at ',
    ', ',
  );
