import { describe, expect, test } from 'vitest';
import { newOrganization, take } from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';
import { reminding } from '../support/reminding.ts';

const stack = useStack();
const minute = 60_000;
const day = 24 * 60 * minute;
const { sendInvite, pass, remindersTo, tokensTo, lookUp } = reminding(stack);

describe('a reminder', () => {
  test('is sent once, two days before the expiry and not a minute earlier', async () => {
    const invite = await sendInvite(await newOrganization(stack));
    await pass(5 * day - minute);
    expect(await remindersTo(invite.email)).toHaveLength(0);
    await pass(2 * minute);
    expect(await remindersTo(invite.email)).toHaveLength(1);
    for (const later of [minute, 60 * minute, day]) await pass(later);
    expect(await remindersTo(invite.email)).toHaveLength(1);
    expect(await invite.show()).toMatchObject({ status: 'pending', delivery: 'delivered', sends: 2 });
  });

  test('names the inviter and the organization, says that it is a reminder, and shows the expiry', async () => {
    const invite = await sendInvite(await newOrganization(stack, 'Globex'));
    await pass(5 * day + minute);
    const [mail] = await remindersTo(invite.email);
    expect(mail?.subject).toBe('Reminder: Mara Manager invited you to Globex');
    for (const text of [mail?.body.text, mail?.body.html]) {
      expect(text).toContain('This is a reminder');
      expect(text).toContain('Globex');
    }
    const { expiresAt } = await invite.show();
    expect(mail?.body.text.replaceAll('\n', ' ')).toContain(
      `${Number(expiresAt.slice(8, 10))} ${new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(new Date(expiresAt))}`,
    );
  });

  test('has its own link, and the first link still opens the invite', async () => {
    const invite = await sendInvite(await newOrganization(stack));
    await pass(5 * day + minute);
    const tokens = await tokensTo(invite.email);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(take(await lookUp(token)).email).toBe(invite.email);
    const [first = '', second = ''] = tokens;
    take(await stack.anybody.acceptInvite({ body: { token: first, password } }));
    take(await stack.anybody.acceptInvite({ body: { token: second, password } }));
  });

  test('does not change the expiry', async () => {
    const invite = await sendInvite(await newOrganization(stack));
    const { expiresAt } = await invite.show();
    await pass(5 * day + minute);
    expect((await invite.show()).expiresAt).toBe(expiresAt);
    await pass(2 * day);
    expect(await invite.show()).toMatchObject({ status: 'expired', delivery: 'delivered' });
    expect(await remindersTo(invite.email)).toHaveLength(1);
  });
});
