import type { Mail } from '../ports.ts';
import { addressInMail, headerText, inert, mailHtml, mailText, nameInSubject, type MailContent } from './mail-body.ts';
import type { Notice } from './notice.ts';

/** The mail of a notice. */
export const noticeMail = ({ kind, to, id, facts, createdAt }: Notice): Mail => {
  const { content } = texts[kind](mapFacts(facts, inert));
  const { subject } = texts[kind](mapFacts(facts, nameInSubject));
  return {
    to,
    subject: headerText(subject),
    html: mailHtml(content),
    text: mailText(content),
    tags: { notice: id },
    requestedAt: createdAt,
  };
};

type Facts = Record<string, string>;

const mapFacts = (facts: Facts, write: (name: string) => string): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, addresses.has(name) ? addressInMail(value) : write(value)]),
  );

/** The facts that are e-mail addresses: those before and after a change too. The others are names. */
const addresses = new Set(['email', 'before', 'after']);

const texts: Record<Notice['kind'], (facts: Facts) => { subject: string; content: MailContent }> = {
  account_made: ({ organization, email }) => ({
    subject: 'Your account was made',
    content: {
      heading: 'Your account was made',
      paragraphs: [
        `An account for ${email} was made when the invite to ${organization} was accepted, with the password chosen there.`,
      ],
      closing: ['Was this not you? Ask the organization to remove the account, and do not use it.'],
    },
  }),
  roles_changed: ({ organization, actor, roles }) => ({
    subject: `Your roles in ${organization} changed`,
    content: {
      heading: `Your roles in ${organization} changed`,
      paragraphs: [`${actor} changed your roles. From now on you are: ${roles}.`],
      closing: [`You get this mail because you are a user of ${organization}.`],
    },
  }),
  assets_taken_over: ({ organization, leaver }) => ({
    subject: `You took over from ${leaver}`,
    content: {
      heading: `You took over from ${leaver}`,
      paragraphs: [`${leaver} is no longer a user of ${organization}. Everything they owned there is yours now.`],
      closing: [`You get this mail because you are a user of ${organization}.`],
    },
  }),
  removed: ({ organization, successor }) => ({
    subject: `You are no longer a user of ${organization}`,
    content: {
      heading: `You are no longer a user of ${organization}`,
      paragraphs: [`Your access to ${organization} has ended. ${successor} took over what you owned there.`],
      closing: ['Your account itself is unchanged: other organizations are not affected.'],
    },
  }),
  restored: ({ organization, actor }) => ({
    subject: `You are a user of ${organization} again`,
    content: {
      heading: `You are a user of ${organization} again`,
      paragraphs: [
        `${actor} brought you back, with your roles and with everything you owned there that nobody has given to somebody else since.`,
      ],
      closing: [`You get this mail because you are a user of ${organization}.`],
    },
  }),
  new_invite_requested: ({ organization, email }) => ({
    subject: `${email} asks for a new invite`,
    content: {
      heading: `${email} asks for a new invite`,
      paragraphs: [
        `The invite of ${email} to ${organization} has expired, and they ask for a new one. Resend it among the invites of ${organization}, or do nothing.`,
      ],
      closing: [`You get this mail because you invite people to ${organization}.`],
    },
  }),
  address_changed: ({ organization, name, before, after }) => ({
    subject: `Your email address in ${organization} changed`,
    content: {
      heading: `Your email address in ${organization} changed`,
      paragraphs: [
        `The account of ${name} has a new email address: ${after} instead of ${before}. ${organization} uses the new address from now on.`,
      ],
      closing: [`Was this not you? Tell an organization manager of ${organization} at once.`],
    },
  }),
  address_conflict: ({ organization, name, before, after }) => ({
    subject: `The new email address of ${name} is already taken`,
    content: {
      heading: `The new email address of ${name} is already taken`,
      paragraphs: [
        `The account of ${name} has a new email address, ${after}. ${organization} has already invited that address, or another user has it, so ${name} keeps ${before} there.`,
        `Revoke the invite or delete the other user if both are the same person. The address then changes within a day.`,
      ],
      closing: [`You get this mail because you are an organization manager of ${organization}.`],
    },
  }),
  assets_given_back: ({ organization, restored }) => ({
    subject: `${restored} is back`,
    content: {
      heading: `${restored} is back`,
      paragraphs: [
        `${restored} is a user of ${organization} again. What you took over from them is theirs again, but for what was given to somebody since.`,
      ],
      closing: [`You get this mail because you are a user of ${organization}.`],
    },
  }),
};
