/** What the page says when there is nothing more to do, and the way on. */
export interface Ending {
  title: string;
  text: string;
  signIn?: boolean;
  retry?: boolean;
}

export const endings: Record<string, Ending> & Record<'accepted' | 'declined' | 'unreachable', Ending> = {
  accepted: {
    title: 'Welcome',
    text: 'You are a user of the organization now. Sign in with your account.',
    signIn: true,
  },
  declined: { title: 'Declined', text: 'The invite is declined. Nothing else happens.' },
  unreachable: {
    title: 'No answer',
    text: 'The service does not answer. Your invite is safe: try again.',
    retry: true,
  },
  invite_accepted: {
    title: 'Already accepted',
    text: 'This invite was accepted. Sign in with your account.',
    signIn: true,
  },
  invite_declined: {
    title: 'Declined',
    text: 'This invite was declined. Ask who invited you for a new one if that was a mistake.',
  },
  invite_expired: { title: 'The invite has expired', text: 'Ask who invited you to send it again.' },
  invite_revoked: {
    title: 'The invite was revoked',
    text: 'Who invited you took it back. Ask them if you did not expect that.',
  },
  invite_superseded: {
    title: 'There is a newer mail',
    text: 'The invite was sent again. Use the link of the newest mail.',
  },
  invite_void: {
    title: 'Nothing left to join',
    text: 'The pools of this invite are gone. Ask who invited you for a new one.',
  },
  account_disabled: {
    title: 'Your account is disabled',
    text: 'Ask your administrator to enable it, then open the link again.',
  },
  account_unverified: {
    title: 'Your address is not verified',
    text: 'An account with this address exists but was never verified. Verify it, then open the link again.',
  },
  already_member: {
    title: 'You are in already',
    text: 'Your account is a user of the organization. Sign in.',
    signIn: true,
  },
};
