/** The ways on: ask for a new invite, sign in, try again. */
export type Way = 'ask' | 'sign-in' | 'again';

export interface Words {
  title: string;
  text: string;
  ways?: Way[];
}

/** What ends an invite for the one who holds its link. */
export const endings: Record<string, Words> = {
  invite_accepted: {
    title: 'Already accepted',
    text: 'This invite was accepted. Sign in with the address that its mail came to. If you were removed since, ask for a new invite.',
    ways: ['sign-in'],
  },
  already_member: {
    title: 'You are in already',
    text: 'Your account is a user of the organization. Sign in with the address that the mail came to.',
    ways: ['sign-in'],
  },
  invite_declined: {
    title: 'The invite was declined',
    text: 'Was that a mistake? Ask who invited you for a new one.',
  },
  invite_expired: {
    title: 'The invite has expired',
    text: 'You can ask for a new one. Who invited you is told by mail.',
    ways: ['ask'],
  },
  invite_revoked: {
    title: 'The invite was revoked',
    text: 'It was taken back. Did you not expect that? Ask who invited you.',
  },
  invite_blocked: {
    title: 'You blocked this organization',
    text: 'It cannot invite you. To allow its invites again, open the link for that in one of its emails.',
  },
  invite_superseded: {
    title: 'There is a newer mail',
    text: 'The invite was sent again, and this link was replaced. Open the link of the newest mail.',
  },
  invite_void: {
    title: 'This invite needs new roles',
    text: 'The pools that this invite was for were deleted. Ask who invited you to change its roles. This link will then work again.',
  },
  account_disabled: {
    title: 'Your account is disabled',
    text: 'Your invite is safe. Ask an administrator to enable the account of your address, then try again.',
    ways: ['again'],
  },
  account_unverified: {
    title: 'Your address is not verified',
    text: 'Your invite is safe. There is an account for your address, but nobody ever proved that the address is theirs. Sign in and verify it, then try again.',
    ways: ['again', 'sign-in'],
  },
};

/** What passes: the same click may succeed later. */
export const hindrances: Record<string, Words> & Record<'unavailable', Words> = {
  unreachable: {
    title: 'No answer',
    text: 'The service cannot be reached. Nothing is lost: look at your connection, then try again.',
    ways: ['again'],
  },
  unavailable: {
    title: 'Not right now',
    text: 'The service cannot answer at the moment. Nothing is lost: try again soon.',
    ways: ['again'],
  },
  too_many_requests: {
    title: 'Please wait',
    text: 'Too many requests came from your network. Nothing is lost: wait a minute, then try again.',
    ways: ['again'],
  },
  account_in_progress: {
    title: 'One moment',
    text: 'The account of your address is being made right now. Try again in a moment.',
    ways: ['again'],
  },
};

/** The question that a blocking link asks before anything happens. */
export const blockQuestion = (organization: string): Words => ({
  title: `Block ${organization}?`,
  text: `${organization} will no longer be able to invite this address. An invite that you have not answered ends, and ${organization} sees that you blocked it. You can lift the block with this link.`,
});

export const unblockQuestion = (organization: string): Words => ({
  title: `You blocked ${organization}`,
  text: `${organization} cannot invite this address. If you lift the block, it can invite you again.`,
});

export const blocked: Words = {
  title: 'Blocked',
  text: 'The organization can no longer invite this address. To lift the block, open the same link again.',
};

export const unblocked: Words = {
  title: 'The block is lifted',
  text: 'The organization can invite this address again.',
};

export const declined: Words = {
  title: 'Declined',
  text: 'Nothing else happens. Was that a mistake? Ask who invited you for a new invite.',
};

export const asked: Words = {
  title: 'Asked for a new invite',
  text: 'Who invited you was told, once: asking again tells nobody anew. A new invite comes by mail. You can close this page.',
};

export const accepted = (organization: string, email: string, host: string): Words => ({
  title: `Welcome to ${organization}`,
  text: `You are in. Sign in at ${host} as ${email}, with the password of your account.`,
  ways: ['sign-in'],
});

/** Why a link has to be pasted. */
export const cutLink: Words = {
  title: 'The link is not complete',
  text: 'Your mail program may have cut it. Open the link of the mail again, or copy the whole of it and paste it here.',
};

/** Some gateways replace a link with an address that only they can resolve, so the page cannot read the link from it. */
export const notWhole =
  'This is not the whole link. It is the long one, with a # in it, on a line of its own in the email. If your email shows another link there, open that link instead of copying it.';

export const unknownLink: Words = {
  title: 'No invite belongs to this link',
  text: 'It may have been changed on the way. Copy the whole link of the newest mail and paste it here, or ask who invited you for a new invite.',
};
