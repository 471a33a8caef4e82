/** What the person can do next: request a new invite, sign in, try again. */
export type Way = 'ask' | 'sign-in' | 'again';

export interface Words {
  title: string;
  text: string;
  ways?: Way[];
}

/** Refusals after which the link can no longer be used to accept, by error code. */
export const endings: Record<string, Words> = {
  invite_accepted: {
    title: 'Already accepted',
    text: 'This invitation has already been accepted. Sign in with the address that received the email. If you have been deleted since, ask for a new invitation.',
    ways: ['sign-in'],
  },
  already_member: {
    title: 'You have already joined',
    text: 'You are already a user of this organization. Sign in with the address that received the email.',
    ways: ['sign-in'],
  },
  invite_declined: {
    title: 'The invitation was declined',
    text: 'Was that a mistake? Ask the person who invited you for a new invitation.',
  },
  invite_expired: {
    title: 'The invitation has expired',
    text: 'You can request a new one. The person who invited you will be notified by email.',
    ways: ['ask'],
  },
  invite_revoked: {
    title: 'The invitation was revoked',
    text: 'It is no longer valid. If you did not expect this, ask the person who invited you.',
  },
  invite_blocked: {
    title: 'You blocked this organization',
    text: 'It cannot invite you. To allow its invitations again, use the block link in one of its emails.',
  },
  invite_superseded: {
    title: 'There is a newer email',
    text: 'The invitation was sent again and this link was replaced. Open the link in the newest email.',
  },
  invite_void: {
    title: 'This invitation needs new roles',
    text: 'The pools that this invitation was for have been deleted. Ask the person who invited you to change its roles. This link will then work again.',
  },
  domain_not_allowed: {
    title: 'This address is not allowed',
    text: 'The organization only allows email addresses of certain domains, and yours is not among them. Your invitation is still valid, but you cannot accept it at the moment. Ask the person who invited you to use another address.',
    ways: ['again'],
  },
  account_disabled: {
    title: 'Your account is disabled',
    text: 'Your invitation is still valid. Ask an administrator to enable your account, then try again.',
    ways: ['again'],
  },
  account_unverified: {
    title: 'Your address is not verified',
    text: 'Your invitation is still valid. There is an account for your address, but the address was never verified. Sign in and verify it, then try again.',
    ways: ['again', 'sign-in'],
  },
};

/** Temporary failures, by error code. Trying again later may succeed. */
export const hindrances: Record<string, Words> & Record<'unavailable', Words> = {
  unreachable: {
    title: 'No answer',
    text: 'The service cannot be reached. Nothing is lost. Check your connection and try again.',
    ways: ['again'],
  },
  unavailable: {
    title: 'Temporarily unavailable',
    text: 'The service is not available at the moment. Nothing is lost. Try again soon.',
    ways: ['again'],
  },
  too_many_requests: {
    title: 'Please wait',
    text: 'Too many requests came from your network. Nothing is lost. Wait a minute, then try again.',
    ways: ['again'],
  },
  account_in_progress: {
    title: 'One moment',
    text: 'Your account is being created. Try again in a moment.',
    ways: ['again'],
  },
};

/** The question that a blocking link asks before anything happens. */
export const blockQuestion = (organization: string): Words => ({
  title: `Block ${organization}?`,
  text: `${organization} will no longer be able to invite this address. A pending invitation ends, and ${organization} can see that you blocked it. You can unblock it with this link.`,
});

export const unblockQuestion = (organization: string): Words => ({
  title: `You blocked ${organization}`,
  text: `${organization} cannot invite this address. If you unblock it, it can invite you again.`,
});

export const blocked: Words = {
  title: 'Blocked',
  text: 'The organization can no longer invite this address. To unblock it, open the same link again.',
};

export const unblocked: Words = {
  title: 'Unblocked',
  text: 'The organization can invite this address again.',
};

export const declined: Words = {
  title: 'Declined',
  text: 'There is nothing else to do. Was that a mistake? Ask the person who invited you for a new invitation.',
};

export const asked: Words = {
  title: 'New invitation requested',
  text: 'The person who invited you has been notified. Asking again does not send another request. The new invitation will arrive by email. You can close this page.',
};

export const accepted = (organization: string, email: string, host: string): Words => ({
  title: `Welcome to ${organization}`,
  text: `You have joined. Sign in at ${host} as ${email} with your account’s password.`,
  ways: ['sign-in'],
});

/** Shown if the link has no complete token, so that the person has to paste it. */
export const cutLink: Words = {
  title: 'The link is incomplete',
  text: 'Your email program may have cut it off. Open the link in the email again, or copy the whole link and paste it here.',
};

/** Some gateways replace a link with an address that only they can resolve, so the page cannot read the link from it. */
export const notWhole =
  'This is not the whole link. The link you need is the long one, with a # in it, on its own line in the email. If your email shows another link there, open that link instead of copying it.';

export const unknownLink: Words = {
  title: 'No invitation was found for this link',
  text: 'The link may have been damaged. Copy the whole link from the newest email and paste it here, or ask the person who invited you for a new invitation.',
};
