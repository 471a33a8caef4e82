import type { Mail } from '../ports.ts';
import { addressInMail, headerText, inert, mailHtml, mailText, nameInSubject, type MailContent } from './mail-body.ts';
import type { Change, ChangeKind, Notice } from './notice.ts';

/** The email of a notice that reports these changes. There is at least one. */
export const noticeMail = (
  { to, id, createdAt }: Pick<Notice, 'id' | 'to' | 'createdAt'>,
  changes: readonly Change[],
): Mail => {
  const { content } = textOf(changes, inert);
  const { subject } = textOf(changes, nameInSubject);
  return {
    to,
    subject: headerText(subject),
    html: mailHtml(content),
    text: mailText(content),
    tags: { notice: id },
    requestedAt: createdAt,
  };
};

/** How a name is written, in the content or in the subject. */
type WriteName = (name: string) => string;

const textOf = (changes: readonly Change[], write: WriteName): NoticeText => {
  const parts = [...Map.groupBy(changes, ({ kind }) => kind)].flatMap(([kind, ofKind]) => partsOf(kind, ofKind, write));
  const [first] = parts;
  return first && parts.length === 1 ? first : summaryText(changes, parts, write);
};

/** Successions are listed in one part, because the removal of many users may name one successor. */
const partsOf = (kind: ChangeKind, changes: readonly Change[], write: WriteName): NoticeText[] =>
  kind === 'assets_taken_over' && changes.length > 1
    ? [successionsText(changes.map(({ facts }) => mapFacts(facts, write)))]
    : changes.map(({ facts }) => texts[kind](mapFacts(facts, write)));

const successionsText = (successions: readonly Facts[]): NoticeText => {
  const { organization } = successions[0] ?? {};
  const heading = `You took over from ${successions.length} people`;
  return {
    subject: heading,
    content: {
      heading,
      paragraphs: [
        `These people are no longer users of ${organization}. Everything they owned there now belongs to you.`,
        successions.map(({ leaver }) => leaver).join(', '),
      ],
      closing: [`You received this email because you are a user of ${organization}.`],
    },
  };
};

/** Several changes in one email. Their closing sentences may be the same. */
const summaryText = (changes: readonly Change[], parts: readonly NoticeText[], write: WriteName): NoticeText => {
  const organization = write(changes[0]?.facts.organization ?? '');
  const heading = `${changes.length} changes in ${organization}`;
  return {
    subject: heading,
    content: {
      heading,
      paragraphs: parts.flatMap(({ content }) => content.paragraphs),
      closing: [...new Set(parts.flatMap(({ content }) => content.closing))],
    },
  };
};

interface NoticeText {
  subject: string;
  content: MailContent;
}

type Facts = Record<string, string>;

const mapFacts = (facts: Facts, write: (name: string) => string): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, addresses.has(name) ? addressInMail(value) : write(value)]),
  );

/**
 * The facts that are email addresses. `before` and `after` are the addresses before and after a change. All other facts are names.
 */
const addresses = new Set(['email', 'before', 'after']);

const texts: Record<ChangeKind, (facts: Facts) => NoticeText> = {
  account_made: ({ organization, email }) => ({
    subject: 'Your account was created',
    content: {
      heading: 'Your account was created',
      paragraphs: [
        `An account for ${email} was created when the invitation to ${organization} was accepted, with the password chosen there.`,
      ],
      closing: ['Was this not you? Ask the organization to delete the account, and do not use it.'],
    },
  }),
  roles_changed: ({ organization, actor, roles }) => ({
    subject: `Your roles in ${organization} changed`,
    content: {
      heading: `Your roles in ${organization} changed`,
      paragraphs: [`${actor} changed your roles. Your roles are now: ${roles}.`],
      closing: [`You received this email because you are a user of ${organization}.`],
    },
  }),
  assets_taken_over: ({ organization, leaver }) => ({
    subject: `You took over from ${leaver}`,
    content: {
      heading: `You took over from ${leaver}`,
      paragraphs: [`${leaver} is no longer a user of ${organization}. Everything they owned there now belongs to you.`],
      closing: [`You received this email because you are a user of ${organization}.`],
    },
  }),
  removed: ({ organization, successor }) => ({
    subject: `You are no longer a user of ${organization}`,
    content: {
      heading: `You are no longer a user of ${organization}`,
      paragraphs: [`Your access to ${organization} has ended. ${successor} took over what you owned there.`],
      closing: ['Your account and your other organizations are not affected.'],
    },
  }),
  restored: ({ organization, actor }) => ({
    subject: `You are a user of ${organization} again`,
    content: {
      heading: `You are a user of ${organization} again`,
      paragraphs: [
        `${actor} restored your access, with your roles and everything you owned there that has not been reassigned since.`,
      ],
      closing: [`You received this email because you are a user of ${organization}.`],
    },
  }),
  new_invite_requested: ({ organization, email }) => ({
    subject: `${email} requested a new invitation`,
    content: {
      heading: `${email} requested a new invitation`,
      paragraphs: [
        `The invitation of ${email} to ${organization} has expired, and they requested a new one. To send it, open the invitations of ${organization} and choose Resend.`,
      ],
      closing: [`You received this email because you are responsible for this invitation to ${organization}.`],
    },
  }),
  address_changed: ({ organization, name, before, after }) => ({
    subject: `Your email address in ${organization} changed`,
    content: {
      heading: `Your email address in ${organization} changed`,
      paragraphs: [
        `The account of ${name} has a new email address: ${after} instead of ${before}. ${organization} uses the new address from now on.`,
      ],
      closing: [`Was this not you? Tell an organization manager of ${organization} immediately.`],
    },
  }),
  address_conflict: ({ organization, name, before, after }) => ({
    subject: `The new email address of ${name} is already taken`,
    content: {
      heading: `The new email address of ${name} is already taken`,
      paragraphs: [
        `The account of ${name} has a new email address, ${after}. ${organization} has already invited that address, or another user has it, so ${name} keeps ${before} there.`,
        `If both are the same person, revoke the invitation or delete the other user. The address then changes within a day.`,
      ],
      closing: [`You received this email because you are an organization manager of ${organization}.`],
    },
  }),
  address_not_allowed: ({ organization, name, before, after }) => ({
    subject: `The new email address of ${name} is not allowed`,
    content: {
      heading: `The new email address of ${name} is not allowed`,
      paragraphs: [
        `The account of ${name} has a new email address, ${after}. ${organization} does not allow addresses of its domain, so ${name} keeps ${before} there.`,
        `To allow the address, add its domain in the security settings of ${organization}. The address then changes within a day.`,
      ],
      closing: [`You received this email because you are an organization manager of ${organization}.`],
    },
  }),
  assets_given_back: ({ organization, restored }) => ({
    subject: `${restored} is back`,
    content: {
      heading: `${restored} is back`,
      paragraphs: [
        `${restored} is a user of ${organization} again. Everything you took over from them belongs to them again, except what has been reassigned since.`,
      ],
      closing: [`You received this email because you are a user of ${organization}.`],
    },
  }),
};
