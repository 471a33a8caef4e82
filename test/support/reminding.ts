import { queueInvite, type QueuedInvite } from './deliveries.ts';
import { newEmail, type TestOrganization } from './organization.ts';
import type { ReceivedMail, TestStack } from './stack.ts';

/** Helpers for tests of what happens to an invite as time passes. */
export const reminding = (stack: TestStack) => ({
  /** An invite whose first mail was sent. */
  sendInvite: async (
    organization: TestOrganization,
    { email = newEmail(), days = 7 }: { email?: string; days?: number } = {},
  ): Promise<QueuedInvite> => {
    const invite = await queueInvite(organization, email, days);
    await stack.drain();
    return invite;
  },

  pass: async (duration: number): Promise<void> => {
    stack.advanceClock(duration);
    await stack.tick();
  },

  remindersTo: async (email: string): Promise<ReceivedMail[]> =>
    (await stack.mailsTo(email)).filter(({ subject }) => subject.startsWith('Reminder: ')),

  tokensTo: async (email: string): Promise<string[]> =>
    (await stack.mailsTo(email)).map(({ body }) => /#(\S+)/.exec(body.text)?.[1] ?? ''),

  lookUp: (token: string) => stack.anybody.lookUpInvite({ body: { token } }),
});
