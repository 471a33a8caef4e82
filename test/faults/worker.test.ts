import { beforeAll, describe, expect, test } from 'vitest';
import { bounced } from '../../infra/local/mail-outcomes.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { sendRetryMinutesMax, unsentMailAlarmSeconds } from '../../shared/limits.ts';
import type { Mail, Mailer } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import { put } from '../../shared/table/write.ts';
import { dayOf } from '../../shared/time.ts';
import type { WorkFigures } from '../../shared/worker/do-due-work.ts';
import {
  queueInvite,
  queueInvites,
  runWorker,
  scriptedMailer,
  sesAnswers,
  tell,
  type Answer,
  type QueuedInvite,
} from '../support/deliveries.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { newEmail, newOrganization, take, type TestOrganization } from '../support/organization.ts';
import { steppedClock } from '../support/stepped-clock.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const { throttled } = sesAnswers;

// The tests begin at noon, so that the daily limits are not reset while a test runs.
beforeAll(() => stack.advanceClock(day + day / 2 - (stack.now() % day)));

let six: TestOrganization[];
let three: TestOrganization[];
let organization: TestOrganization;
beforeAll(async () => {
  six = await Promise.all(several(6).map(() => newOrganization(stack)));
  three = six.slice(0, 3);
  [organization = expect.unreachable()] = six;
});

const several = (count: number): string[] => Array.from({ length: count }, () => newEmail());

const idsOf = (invites: readonly QueuedInvite[]): string[] => invites.map(({ id }) => id);

/** Queues this many invites in each of three organizations. */
const queueOfThree = async (each: number): Promise<QueuedInvite[]> =>
  (await Promise.all(three.map((one) => queueInvites(one, several(each))))).flat();

describe('organizations share the sending rate', () => {
  test('an organization with 3 new mails is served among the first although another one has 300 waiting', async () => {
    const [many, few] = three as [TestOrganization, TestOrganization];
    const early = await queueInvites(many, several(300));
    const late = await queueInvites(few, several(3));
    const mailer = scriptedMailer();
    const timeLeft = () => (mailer.taken.length < 12 ? minute : 0);
    await runWorker(mailer, { only: idsOf([...early, ...late]), timeLeft });
    const places = mailer.taken.flatMap(({ to }, index) => (late.some(({ email }) => email === to) ? [index + 1] : []));
    expect(places).toHaveLength(3);
    expect(Math.max(...places)).toBeLessThanOrEqual(6);
  });

  test('each gets its turn before any gets a second one', async () => {
    const invites = await queueOfThree(4);
    const owners = new Map(invites.map(({ email, params }) => [email, params.organizationId]));
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: idsOf(invites) });
    const order = mailer.taken.map(({ to }) => owners.get(to));
    expect(order).toHaveLength(12);
    for (const turn of [0, 3, 6, 9]) expect(new Set(order.slice(turn, turn + 3)).size).toBe(3);
  });
});

describe('mails go out at the rate of SES', () => {
  /** Sends this many mails of three organizations. `times`: when each was sent, in milliseconds from the beginning. */
  const sendAll = async (mails: number, rate: number, sendingTakes = 0) => {
    const invites = await queueOfThree(mails / 3);
    const clock = steppedClock(stack.now());
    const times: number[] = [];
    let asked = 0;
    const mailer: Mailer = {
      ...scriptedMailer(),
      rate: async () => {
        asked += 1;
        return rate;
      },
      send: async () => {
        times.push(clock.elapsed());
        await clock.pass(sendingTakes);
        return { kind: 'sent', messageId: 'm' };
      },
    };
    await runWorker(mailer, { only: idsOf(invites), clock });
    expect(times).toHaveLength(mails);
    return { times, clock, asked };
  };

  test.each([1, 2.5, 14, 50])(
    'of %d per second, no faster, except for the few that are sent at the same time',
    async (rate) => {
      const { times, clock, asked } = await sendAll(24, rate);
      // Three organizations: at most three mails at a time.
      const atOnce = Math.min(3, Math.floor(rate));
      for (const [index, time] of times.entries())
        expect(time).toBeGreaterThanOrEqual(((index + 1 - atOnce) * second) / rate - 1);
      expect(clock.elapsed()).toBeCloseTo((24 * second) / rate, -1);
      expect(asked).toBe(1);
    },
  );

  test('and no slower: the time that sending takes is not added to the wait', async () => {
    const { clock } = await sendAll(6, 1, 3 * second);
    expect(clock.waits).toEqual([]);
  });

  test('and work that sends nothing does not wait', async () => {
    const invites = await queueInvites(organization, several(20), 1);
    const clock = steppedClock(stack.now());
    await clock.pass(2 * day);
    const mailer = scriptedMailer();
    const done = await runWorker({ ...mailer, rate: async () => 1 }, { only: idsOf(invites), clock });
    expect(done).toEqual({
      pieces: 20,
      faults: [],
      figures: { sent: 0, failed: 0, rejected: 0, oldestUnsentSeconds: 0, oldestDueSeconds: 0 },
    });
    expect(mailer.taken).toEqual([]);
    expect(clock.waits).toEqual([]);
  });
});

describe('a run of the worker', () => {
  test('ends before its time is over, and the next run continues, so that each mail is sent once', async () => {
    const emails = several(70);
    const only = idsOf(await queueInvites(organization, emails));
    const mailer = scriptedMailer();
    const clock = steppedClock(stack.now());
    const run = async (): Promise<number> => {
      const begin = clock.elapsed();
      const timeLeft = () => minute - (clock.elapsed() - begin);
      await runWorker({ ...mailer, rate: async () => 1 }, { only, clock, timeLeft });
      return clock.elapsed() - begin;
    };
    expect(await run()).toBeLessThan(minute);
    expect(mailer.taken.length).toBeGreaterThan(50);
    expect(mailer.taken.length).toBeLessThan(60);
    await run();
    expect(mailer.taken.map(({ to }) => to).toSorted()).toEqual(emails.toSorted());
  });

  test('reports how long the oldest remaining piece of work has waited, and 0 once all is done', async () => {
    const only = idsOf(await queueInvites(organization, several(3)));
    const mailer = scriptedMailer(throttled);
    const clock = steppedClock(stack.now());
    await clock.pass(10 * minute);
    const ending = await runWorker(mailer, { only, clock, timeLeft: () => 0 });
    expect(ending).toMatchObject({ pieces: 0, figures: { sent: 0, failed: 0 } });
    expect(ending.figures?.oldestDueSeconds).toBeGreaterThan(595);
    expect(ending.figures?.oldestDueSeconds).toBeLessThan(605);
    const whole = await runWorker(mailer, { only, clock });
    expect(whole.figures).toMatchObject({ sent: 2, failed: 1, oldestDueSeconds: 0 });
  });
});

describe('while SES accepts no mail', () => {
  const longestPause = sendRetryMinutesMax * minute;

  /** Runs the worker every minute for `hours`. Returns the figures of its runs, and the faults of all. */
  const runEveryMinute = async (answer: Answer, hours: number) => {
    const only = idsOf(await queueInvites(organization, several(2)));
    const clock = steppedClock(stack.now());
    const mailer: Mailer = { ...scriptedMailer(), send: async () => answer.outcome };
    const runs: WorkFigures[] = [];
    const faults: unknown[] = [];
    while (clock.elapsed() < hours * 60 * minute) {
      const done = await runWorker(mailer, { only, clock });
      runs.push(done.figures ?? expect.unreachable());
      faults.push(...done.faults);
      await clock.pass(minute);
    }
    return { runs, faults };
  };

  /** The age that the alarm sees at each run: the maximum since the longest pause between two attempts. */
  const agesSeen = (runs: readonly WorkFigures[]): number[] =>
    runs.map((_, run) =>
      Math.max(
        ...runs.slice(Math.max(0, run - longestPause / minute), run + 1).map((each) => each.oldestUnsentSeconds),
      ),
    );

  test.each([
    ['throttles', throttled, 4],
    // After five lost answers an address has reached its limit of mails per day, because it may have received them.
    ['answers nothing', sesAnswers.neverArrived, 1],
  ] as const)(
    'because it %s, a run reports the age of the oldest mail that waits, although no work is due',
    async (_, answer, hours) => {
      const { runs } = await runEveryMinute(answer, hours);
      expect(runs.every(({ oldestDueSeconds, sent }) => oldestDueSeconds === 0 && sent === 0)).toBe(true);
      const ages = agesSeen(runs);
      // Every minute the age is known to the precision of the longest pause between two attempts.
      for (const [minutes, age] of ages.entries()) {
        expect(age).toBeLessThanOrEqual(minutes * 60 + 1);
        expect(age).toBeGreaterThanOrEqual((minutes - longestPause / minute) * 60);
      }
      const alarmed = ages.findIndex((age) => age > unsentMailAlarmSeconds);
      expect(alarmed).toBeGreaterThan(0);
      expect(alarmed).toBeLessThan(60);
      expect(ages.slice(alarmed).every((age) => age > unsentMailAlarmSeconds)).toBe(true);
    },
  );

  test('because it rejects them permanently, no mail waits, and the rejections are counted', async () => {
    const { runs } = await runEveryMinute(sesAnswers.rejected, 0.1);
    expect(runs[0]).toMatchObject({ sent: 0, failed: 2, rejected: 2, oldestUnsentSeconds: 0 });
  });

  test('because of a fault on our side, the mails wait and each attempt is a fault', async () => {
    const fault = new Error('AccessDeniedException');
    const reason = { code: 'send_fault', parameters: { error: 'AccessDeniedException' } } as const;
    const { runs, faults } = await runEveryMinute({ outcome: { kind: 'unsent', reason, fault }, taken: false }, 0.1);
    expect(faults).toHaveLength(runs.reduce((sum, { failed }) => sum + failed, 0));
    expect(new Set(faults)).toEqual(new Set([fault]));
  });
});

describe('an address to which the organization has sent four emails today', () => {
  const invitedAgain = async (): Promise<QueuedInvite> => {
    const email = newEmail();
    const sent = { ...keys.recipientDay(organization.id, email, dayOf(new Date(stack.now()).toISOString())), mails: 4 };
    await servicesOf(organization.id).table.transact([put(sent)]);
    return queueInvite(organization, email);
  };
  /** Revokes the invite and invites the address once more. */
  const oneMore = async ({ params, show }: QueuedInvite): Promise<QueuedInvite> => {
    take(await organization.manager.client.revokeInvite({ params }));
    return queueInvite(organization, (await show()).email);
  };

  test('gets a fifth one that day and a sixth the next day, and until then its invite shows why', async () => {
    const fifth = await invitedAgain();
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [fifth.id] });
    const sixth = await oneMore(fifth);
    for (const minutes of [0, 60, 11 * 60]) await runWorker(mailer, { only: [sixth.id], minutes });
    expect(mailer.taken).toHaveLength(1);
    expect(await sixth.show()).toMatchObject({
      status: 'pending',
      delivery: 'queued',
      deliveryDetail:
        'Your organization has reached its limit of 5 invitation emails a day to this address. This one waits until the next day (UTC).',
      sends: 0,
    });
    await runWorker(mailer, { only: [sixth.id], minutes: 12 * 60 + 1 });
    const shown = await sixth.show();
    expect(shown).toMatchObject({ delivery: 'sent', sends: 1 });
    expect(shown).not.toHaveProperty('deliveryDetail');
  });

  test('still gets an email that SES throttled before, because only accepted emails count', async () => {
    const fifth = await invitedAgain();
    const mailer = scriptedMailer(...Array.from({ length: 6 }, () => throttled));
    for (const minutes of [0, 2, 5, 10, 20, 40, 80]) await runWorker(mailer, { only: [fifth.id], minutes });
    expect(await fifth.show()).toMatchObject({ delivery: 'sent', sends: 1 });
  });

  test('gets no more after an email to which SES did not respond, because SES may have accepted it', async () => {
    const fifth = await invitedAgain();
    const mailer = scriptedMailer(sesAnswers.answerLost);
    await runWorker(mailer, { only: [fifth.id] });
    const sixth = await oneMore(fifth);
    await runWorker(mailer, { only: [sixth.id] });
    expect(await sixth.show()).toMatchObject({ delivery: 'queued', deliveryCode: 'recipient_limit_reached' });
  });
});

describe('invites of other organizations to an address', () => {
  /** Everything that an organization learns about the invite of an address, without ids and times. */
  const worldWith = async (strangers: readonly TestOrganization[]) => {
    const email = newEmail();
    const [own] = [await newOrganization(stack)];
    const theirs = await Promise.all(strangers.map((one) => queueInvite(one, email)));
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: idsOf(theirs) });
    expect(mailer.taken).toHaveLength(strangers.length);
    const { client } = own.manager;
    const { params } = own;
    const forecast = take(await client.inviteUsers({ params, body: { ...inviting(email), dryRun: true } }));
    const invite = await queueInvite(own, email);
    await runWorker(mailer, { only: [invite.id] });
    const again = await client.inviteUsers({ params, body: inviting(email) });
    const list = take(await client.listInvites({ params, query: {} }));
    const text = JSON.stringify({ forecast, invite: await invite.show(), again, list });
    return text
      .replaceAll(email, 'somebody@example.com')
      .replaceAll(/[a-z]+_[0-9A-Z]{26}/g, 'id')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant')
      .replaceAll(JSON.stringify(own.manager.email), '"manager"');
  };
  const inviting = (email: string) => ({ emails: [email], roles: [{ role: 'member' as const }] });

  test('change nothing for an organization that invites it too', async () => {
    expect(await worldWith(six)).toBe(await worldWith([]));
  });
});

describe('an address that is suppressed', () => {
  /** The mail of one invite bounces while that of another to the same address waits. */
  const bounceMeanwhile = async () => {
    const email = newEmail();
    const first = await queueInvite(organization, email);
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [first.id] });
    take(await organization.manager.client.revokeInvite({ params: first.params }));
    const waiting = await queueInvite(organization, email);
    const [mail] = mailer.taken as [Mail];
    await tell(mail, (record) => bounced(record, 'Permanent', 'General'));
    return waiting;
  };

  test('before a queued mail is sent does not get that mail', async () => {
    const waiting = await bounceMeanwhile();
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [waiting.id] });
    expect(mailer.taken).toEqual([]);
    expect(await waiting.show()).toMatchObject({ delivery: 'failed' });
  });

  test('does not get another mail when its invite is resent', async () => {
    const waiting = await bounceMeanwhile();
    stack.advanceClock(2 * minute);
    const services = servicesOf(organization.id);
    const actor = callerOf(organization.manager);
    const result = await resendInvite(services)(actor, { params: waiting.params, query: {}, body: undefined });
    expect(result).toMatchObject({ ok: false, error: { code: 'address_suppressed' } });
  });
});
