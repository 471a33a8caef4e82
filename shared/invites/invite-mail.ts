import {
  addressInMail,
  headerText,
  inert,
  mailHtml,
  mailText,
  nameInSubject,
  type MailContent,
} from '../mail/mail-body.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Mail } from '../ports.ts';
import { fillIn } from '../text.ts';
import { rolesInWords } from '../users/roles-in-words.ts';
import { mailRequestedAt, type Invite } from './invite.ts';
import { mailTags } from './mail-tags.ts';

export interface InviteMailFacts {
  invite: Invite;
  organizationName: string;
  inviterName: string;
  /** Absent for service accounts and operators. */
  inviterEmail?: string | undefined;
  organizationCreatedAt: string;
  /** Whether the recipient belongs to another organization of this name. */
  namesake: boolean;
  tree: PoolTree;
  link: string;
  /** The link with which the recipient can block the organization. It opens the same page, with another secret. */
  blockLink: string;
  isReminder?: boolean;
  /** The template of the subject, with the placeholders `{inviter}` and `{organization}`. */
  subject: string;
}

/** The email with the link of an invite, or the reminder. */
export const inviteMail = ({
  invite,
  organizationName,
  inviterName,
  inviterEmail,
  organizationCreatedAt,
  namesake,
  tree,
  link,
  blockLink,
  isReminder = false,
  subject,
}: InviteMailFacts): Mail => {
  const organization = inert(organizationName);
  const content: MailContent = {
    heading: `Join ${organization}`,
    paragraphs: [
      ...(isReminder ? ['This is a reminder: you have not answered, and the invitation expires soon.'] : []),
      `${inert(inviterName)} invited you to ${organization}.`,
      ...(namesake
        ? [`You already belong to another organization named ${organization}. This one is a different organization.`]
        : []),
      `Your roles: ${inert(rolesInWords(invite.assignments, tree))}.`,
      ...(invite.message ? [`${inert(inviterName)} added a message. Nobody else has checked it:`] : []),
    ],
    quote: invite.message,
    button: { label: 'View the invitation', url: link },
    closing: [
      `${inviterEmail === undefined ? '' : `The inviter’s address is ${addressInMail(inviterEmail)}. `}The organization was created on ${dateInWords(organizationCreatedAt)}.`,
      `The invitation is for ${addressInMail(invite.email)} and expires on ${inWords(invite.expiresAt)}.`,
      'Not expecting this? You can ignore this email. The invitation will expire on its own.',
    ],
    footer: { label: 'Block invitations from this organization', url: blockLink },
  };
  return {
    to: invite.email,
    subject: headerText(
      (isReminder ? 'Reminder: ' : '') +
        fillIn(subject, { inviter: nameInSubject(inviterName), organization: nameInSubject(organizationName) }),
    ),
    html: mailHtml(content),
    text: mailText(content),
    requestedAt: mailRequestedAt(invite, isReminder ? 'reminder' : 'invite'),
    tags: mailTags({ organizationId: invite.organizationId, inviteId: invite.id, round: invite.round }),
  };
};

/** "30 November 2026". */
const dateInWords = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant));

/** "30 November 2026, 14:05 UTC". */
const inWords = (instant: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(instant))} UTC`.replace(
    ' at ',
    ', ',
  );
