import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { noticeWindowSeconds } from '../../shared/limits.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import type { Settings } from '../../shared/ports.ts';
import {
  queueInvite,
  runWorker,
  scriptedMailer,
  sesAnswers,
  tell,
  type QueuedInvite,
  type ScriptedMailer,
} from '../support/deliveries.ts';
import { delivered } from '../../infra/local/mail-outcomes.ts';
import { callerOf, servicesOf, workServicesOf } from '../support/operations.ts';
import { newEmail, newMember, newOrganization, take, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';
import { everyItem } from '../support/table-items.ts';

const stack = useStack();
const day = 24 * 60;

let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});

/** Minutes from now. */
const instant = (minutes = 0): string => new Date(stack.now() + minutes * 60_000).toISOString();

/** The settings of a stage whose table was restored, and which sends what is asked for from then on. */
const fencedAt = (sendFence: string): { settings: Settings } => ({
  settings: { ...workServicesOf().settings, sendFence },
});

const auditsOf = async (targetId: string) =>
  take(
    await organization.manager.client.listAuditEvents({ params: organization.params, query: { targetId } }),
  ).items.filter(({ action }) => action === 'mail_withheld');

const resend = async ({ params }: QueuedInvite): Promise<void> => {
  const actor = callerOf(organization.manager);
  const services = servicesOf(organization.id);
  const ahead = { ...services, clock: { ...services.clock, now: () => instant(2) } };
  expectOk(await resendInvite(ahead)(actor, { params, query: {}, body: undefined }));
};

const expectOk = (result: { ok: boolean }): void => expect(result).toMatchObject({ ok: true });

describe('an invite whose mail was asked for before the fence', () => {
  test('is not sent, says why, and is sent once it is resent', async () => {
    const invite = await queueInvite(organization);
    const fence = instant(1);
    const mailer = scriptedMailer();
    for (const minutes of [1, 2, 20, day]) await runWorker(mailer, { only: [invite.id], minutes, ...fencedAt(fence) });
    expect(mailer.taken).toEqual([]);
    expect(await invite.show()).toMatchObject({
      status: 'pending',
      delivery: 'failed',
      deliveryCode: 'withheld_after_restore',
      sends: 0,
    });
    expect(await auditsOf(invite.id)).toMatchObject([{ details: { mail: 'invite', askedBefore: fence } }]);

    await resend(invite);
    await runWorker(mailer, { only: [invite.id], minutes: 3, ...fencedAt(fence) });
    expect(mailer.taken.map(({ to }) => to)).toEqual([invite.email]);
    expect(await invite.show()).toMatchObject({ delivery: 'sent', sends: 1 });
    expect(await invite.show()).not.toHaveProperty('deliveryDetail');
  });

  test('is not tried again when the answer of its mail had been lost', async () => {
    const invite = await queueInvite(organization);
    await runWorker(scriptedMailer(sesAnswers.answerLost), { only: [invite.id] });
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [invite.id], minutes: 16, ...fencedAt(instant(10)) });
    expect(mailer.taken).toEqual([]);
    expect(await invite.show()).toMatchObject({ delivery: 'failed', deliveryCode: 'withheld_after_restore' });
  });

  test('ends when it expires, as any other', async () => {
    const invite = await queueInvite(organization, newEmail(), 1);
    const fenced = fencedAt(instant(1));
    await runWorker(scriptedMailer(), { only: [invite.id], minutes: 1, ...fenced });
    await runWorker(scriptedMailer(), { only: [invite.id], minutes: day + 1, ...fenced });
    expect((await invite.item()).status).toBe('expired');
  });
});

test.each([
  ['at the fence or after it', () => fencedAt(instant(-1))],
  ['without a fence', () => ({})],
])('an invite asked for %s is sent', async (_, settings) => {
  const invite = await queueInvite(organization);
  const mailer = scriptedMailer();
  await runWorker(mailer, { only: [invite.id], ...settings() });
  expect(mailer.taken).toHaveLength(1);
});

describe('a reminder', () => {
  const delivering = async (): Promise<{ invite: QueuedInvite; mailer: ScriptedMailer }> => {
    const invite = await queueInvite(organization, newEmail(), 7);
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [invite.id] });
    for (const mail of mailer.taken) await tell(mail, delivered);
    return { invite, mailer };
  };

  test('that was due before the fence never comes; what became of the invite’s mail stays as it was', async () => {
    const { invite, mailer } = await delivering();
    const fenced = fencedAt(instant(5 * day + 60));
    for (const minutes of [5 * day + 61, 5 * day + 120, 6 * day])
      await runWorker(mailer, { only: [invite.id], minutes, ...fenced });
    expect(mailer.taken).toHaveLength(1);
    expect(await invite.show()).toMatchObject({ delivery: 'delivered', sends: 1 });
    expect(await invite.show()).not.toHaveProperty('deliveryDetail');
    expect(await auditsOf(invite.id)).toMatchObject([{ details: { mail: 'reminder' } }]);
  });

  test('that is due after the fence comes, though its invite is older', async () => {
    const { invite, mailer } = await delivering();
    await runWorker(mailer, { only: [invite.id], minutes: 5 * day + 1, ...fencedAt(instant(day)) });
    expect(mailer.taken).toHaveLength(2);
  });
});

describe('a notice', () => {
  /** The notice that tells somebody of other roles. */
  const queueNotice = async (): Promise<{ id: string; email: string }> => {
    const { userId, email } = await newMember(stack, organization);
    const body = { roles: [{ role: 'organization_manager' as const }] };
    take(await organization.manager.client.changeRoles({ params: { ...organization.params, userId }, body }));
    const notice = Object.values(await everyItem(stack)).find(
      ({ to, kind }) => to === email && kind === 'roles_changed',
    );
    return { id: String(notice?.sk), email };
  };
  const stored = async (id: string) => (await everyItem(stack))[`${organization.id}#notices ${id}`];

  test('that was queued before the fence is dropped, and the audit log says so', async () => {
    const { id } = await queueNotice();
    const mailer = scriptedMailer();
    const fence = instant(1);
    for (const minutes of [noticeWindowSeconds / 60, 60])
      await runWorker(mailer, { only: [id], minutes, ...fencedAt(fence) });
    expect(mailer.taken).toEqual([]);
    const notice = await stored(id);
    expect(notice).toMatchObject({
      delivery: 'failed',
      deliveryCode: 'withheld_after_restore',
      ttl: expect.any(Number) as number,
    });
    expect(notice).not.toHaveProperty('dueAt');
    expect(await auditsOf(id)).toMatchObject([{ details: { mail: 'notice', askedBefore: fence } }]);
  });

  test('that was queued after it is sent', async () => {
    const fenced = fencedAt(instant(-1));
    const { id, email } = await queueNotice();
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [id], minutes: noticeWindowSeconds / 60, ...fenced });
    expect(mailer.taken.map(({ to }) => to)).toEqual([email]);
  });
});

describe('the fence of a stage', () => {
  afterEach(() => {
    delete process.env.SEND_FENCE;
  });

  test('is none, unless it is set', () => {
    expect(readEnvironment().sendFence).toBeUndefined();
  });

  test.each([
    ['2026-11-24T10:00:00Z', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24T11:00:00.5+01:00', '2026-11-24T10:00:00.500Z'],
  ])('%s is the instant %s', (given, instantOf) => {
    process.env.SEND_FENCE = given;
    expect(readEnvironment().sendFence).toBe(instantOf);
    expect(workServicesOf().settings.sendFence).toBe(instantOf);
  });

  test.each(['', 'yesterday', '2026-11-24', '2026-11-24T10:00:00'])(
    'that is no instant, "%s", stops the function',
    (given) => {
      process.env.SEND_FENCE = given;
      expect(() => readEnvironment()).toThrow('SEND_FENCE');
    },
  );
});
