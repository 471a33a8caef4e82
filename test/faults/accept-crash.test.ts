import { describe, expect, test } from 'vitest';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import type { Services } from '../../shared/ports.ts';
import type { Table } from '../../shared/table/table.ts';
import { inviteByMail, newEmail, newOrganization, refusal, take } from '../support/organization.ts';
import { servicesOf } from '../support/operations.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();

class Crash extends Error {}

/** Services that simulate a crash of the process right before or right after their nth effect. */
const dyingServices = (nth: number, when: 'before' | 'after'): { services: Services; effects: () => number } => {
  let count = 0;
  const effect = async <T>(run: () => Promise<T>): Promise<T> => {
    count += 1;
    if (count === nth && when === 'before') throw new Crash();
    const result = await run();
    if (count === nth) throw new Crash();
    return result;
  };
  const dying = (table: Table): Table => ({ ...table, transact: (writes) => effect(() => table.transact(writes)) });
  const services = servicesOf(undefined, dying);
  const { directory } = services;
  return {
    services: {
      ...services,
      directory: {
        ...directory,
        create: (account) => effect(() => directory.create(account)),
        setPassword: (...given) => effect(() => directory.setPassword(...given)),
      },
    },
    effects: () => count,
  };
};

const accept = (services: Services, token: string, secret = password) =>
  acceptInvite(services)(
    { requestId: crypto.randomUUID() },
    { params: {}, query: {}, body: { token, name: 'Ada', password: secret } },
  );

/** The effects: claim the address, create the account, set the password, store that the account was created, accept. */
const effectsOfAccepting = 5;

test('accepting has the number of effects that is assumed here', async () => {
  const organization = await newOrganization(stack);
  const { token } = await inviteByMail(stack, organization, newEmail());
  const { services, effects } = dyingServices(0, 'before');
  expect(await accept(services, token)).toMatchObject({ ok: true });
  expect(effects()).toBe(effectsOfAccepting);
});

const crashes = Array.from({ length: effectsOfAccepting }, (_, index) => index + 1).flatMap((nth) => [
  { nth, when: 'before' as const },
  { nth, when: 'after' as const },
]);

describe.each(crashes)('when the process dies $when effect $nth of accepting', ({ nth, when }) => {
  test('another click completes the same result: one membership, the chosen password, one email about the account', async () => {
    const organization = await newOrganization(stack);
    const email = newEmail();
    const { token } = await inviteByMail(stack, organization, email);
    await expect(accept(dyingServices(nth, when).services, token)).rejects.toThrow(Crash);

    // The claim of a crashed request can be taken over once its function must have ended.
    stack.advanceClock(16_000);
    const looked = await stack.anybody.lookUpInvite({ body: { token } });
    if (looked.ok && looked.value.needsAccount)
      expect(refusal(await stack.anybody.acceptInvite({ body: { token } }))).toBe('422 password_required');
    const { userId } = take(await stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } }));
    const ada = await stack.signIn(email);
    expect(take(await ada.client.getMyUser({ params: organization.params })).id).toBe(userId);
    expect(take(await organization.manager.client.listUsers({ params: organization.params })).items).toHaveLength(2);
    const mails = (await stack.mailsTo(email)).filter(({ subject }) => subject === 'Your account was created');
    expect(mails).toHaveLength(1);
  });
});

test('a password that the directory refuses changes nothing, and the next one is set', async () => {
  const organization = await newOrganization(stack);
  const email = newEmail();
  const { token } = await inviteByMail(stack, organization, email);
  const services = servicesOf(undefined);
  const refusing = { ...services, directory: { ...services.directory, setPassword: async () => 'refused' as const } };
  expect(await accept(refusing, token)).toMatchObject({ ok: false, error: { code: 'password_refused' } });
  expect(take(await stack.anybody.lookUpInvite({ body: { token } })).needsAccount).toBe(true);
  take(await stack.anybody.acceptInvite({ body: { token, password: 'Another-password-2' } }));
  await stack.signIn(email, 'Another-password-2');
});

test('an account that somebody else created in the meantime keeps its credentials, although a claim on its address was never completed', async () => {
  const organization = await newOrganization(stack);
  const email = newEmail();
  const { token } = await inviteByMail(stack, organization, email);
  await expect(accept(dyingServices(1, 'after').services, token)).rejects.toThrow(Crash);
  await stack.newPerson(email, 'Made elsewhere');
  stack.advanceClock(16_000);
  take(await stack.anybody.acceptInvite({ body: { token, password: 'Another-password-2' } }));
  await stack.signIn(email, password);
  await expect(stack.signIn(email, 'Another-password-2')).rejects.toThrow();
  expect((await stack.mailsTo(email)).map(({ subject }) => subject)).not.toContain('Your account was created');
});
