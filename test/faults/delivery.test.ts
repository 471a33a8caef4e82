import { describe, expect, test } from 'vitest';
import type { Mail, SendOutcome, WorkServices } from '../../shared/ports.ts';
import { doDueWork } from '../../shared/worker/do-due-work.ts';
import { newEmail, newOrganization, refusal, take, type TestOrganization } from '../support/organization.ts';
import { workServicesOf } from '../support/operations.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const minute = 60_000;

/** SES cannot be made to lose an answer or to throttle: this stands in for it, and remembers what it took. */
const scriptedMailer = (...script: (SendOutcome | 'crash')[]) => {
  const taken: Mail[] = [];
  const mailer: WorkServices['mailer'] = {
    send: async (mail) => {
      const outcome = script.shift() ?? { kind: 'sent', messageId: 'm' };
      if (outcome === 'crash') throw new Error('The process died here');
      if (outcome.kind === 'sent' || outcome.kind === 'unknown') taken.push(mail);
      return outcome;
    },
  };
  return { mailer, taken };
};

const queueInvite = async ({ params, manager }: TestOrganization) => {
  const email = newEmail();
  const { results } = take(
    await manager.client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }),
  );
  const inviteId = results[0]?.invite?.id ?? '';
  return {
    email,
    params: { ...params, inviteId },
    show: async () => take(await manager.client.getInvite({ params: { ...params, inviteId } })),
  };
};

/** Runs the worker as it would run that many minutes from now. */
const work = (mailer: WorkServices['mailer'], minutes = 0, changes: Partial<WorkServices> = {}) => {
  const services = workServicesOf();
  const clock = { ...services.clock, now: () => new Date(stack.now() + minutes * minute).toISOString() };
  return doDueWork({ ...services, mailer, clock, ...changes });
};

const sent: SendOutcome = { kind: 'sent', messageId: 'm' };
const throttled: SendOutcome = { kind: 'unsent', reason: 'Too many' };
const rejected: SendOutcome = { kind: 'rejected', reason: 'Address refused' };
const lost: SendOutcome = { kind: 'unknown', reason: 'No answer' };

describe('an invite whose mail', () => {
  test.each<[string, (SendOutcome | 'crash')[], number[], { delivery: string; sends: number; mails: number }]>([
    [
      'is taken is sent once, however often the worker runs',
      [sent],
      [0, 0, 1, 20, 90],
      { delivery: 'sent', sends: 1, mails: 1 },
    ],
    [
      'is throttled twice is sent at the third try',
      [throttled, throttled, sent],
      [0, 1, 3, 9],
      { delivery: 'sent', sends: 1, mails: 1 },
    ],
    [
      'is throttled is not tried again before its time',
      [throttled],
      [0, 0.5],
      { delivery: 'queued', sends: 0, mails: 0 },
    ],
    [
      'is rejected has failed, visibly, and is not tried again',
      [rejected],
      [0, 1, 20],
      { delivery: 'failed', sends: 0, mails: 0 },
    ],
    [
      'lost its answer is sent again after 15 minutes: the one duplicate',
      [lost, sent],
      [0, 14, 16],
      { delivery: 'sent', sends: 1, mails: 2 },
    ],
    [
      'met a crash before SES is sent after 15 minutes',
      ['crash', sent],
      [0, 14, 16],
      { delivery: 'sent', sends: 1, mails: 1 },
    ],
  ])('%s', async (_, script, runs, expected) => {
    const organization = await newOrganization(stack);
    const invite = await queueInvite(organization);
    const { mailer, taken } = scriptedMailer(...script);
    for (const minutes of runs) await work(mailer, minutes);
    const { delivery, sends } = await invite.show();
    expect({ delivery, sends, mails: taken.filter(({ to }) => to === invite.email).length }).toEqual(expected);
  });

  test('is sent twice carries two secrets, and both open it', async () => {
    const organization = await newOrganization(stack);
    const invite = await queueInvite(organization);
    const { mailer, taken } = scriptedMailer(lost, sent);
    await work(mailer);
    await work(mailer, 16);
    const tokens = taken.filter(({ to }) => to === invite.email).map(({ text }) => /#(\S+)/.exec(text)?.[1] ?? '');
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens)
      expect(take(await stack.anybody.lookUpInvite({ body: { token } })).email).toBe(invite.email);
  });

  test('begins to be sent after a revoke is not sent', async () => {
    const organization = await newOrganization(stack);
    const invite = await queueInvite(organization);
    const { mailer, taken } = scriptedMailer();
    const services = workServicesOf();
    // Revoked after the worker has read the invite and before it claims it.
    const tenantTable: WorkServices['tenantTable'] = (...roots) => {
      const table = services.tenantTable(...roots);
      return {
        ...table,
        transact: async (writes) => {
          await organization.manager.client.revokeInvite({ params: invite.params });
          return table.transact(writes);
        },
      };
    };
    await work(mailer, 0, { tenantTable });
    expect(taken).toEqual([]);
    expect((await invite.show()).status).toBe('revoked');
  });

  test('was claimed by a run that is resent meanwhile: only the newest link opens it', async () => {
    const organization = await newOrganization(stack);
    const invite = await queueInvite(organization);
    const taken: string[] = [];
    const slowMailer: WorkServices['mailer'] = {
      send: async ({ to, text }) => {
        if (to !== invite.email) return sent;
        taken.push(/#(\S+)/.exec(text)?.[1] ?? '');
        if (taken.length > 1) return sent;
        stack.advanceClock(2 * minute);
        take(await organization.manager.client.resendInvite({ params: invite.params }));
        return sent;
      },
    };
    await work(slowMailer);
    await work(slowMailer, 3);
    const [old = '', renewed = ''] = taken;
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token: old } }))).toBe('410 invite_superseded');
    expect(take(await stack.anybody.lookUpInvite({ body: { token: renewed } })).email).toBe(invite.email);
  });
});

test('one run at a time: a second one leaves everything to the first', async () => {
  const organization = await newOrganization(stack);
  const invite = await queueInvite(organization);
  let second: unknown;
  const { mailer, taken } = scriptedMailer();
  await work({
    send: async (mail) => {
      second ??= await work(mailer);
      return mailer.send(mail);
    },
  });
  expect(second).toEqual({ pieces: 0, faults: [] });
  expect(taken.map(({ to }) => to)).toContain(invite.email);
});

test('a piece of work that fails keeps no other waiting, and is taken up again', async () => {
  const organization = await newOrganization(stack);
  const [broken, fine] = [await queueInvite(organization), await queueInvite(organization)];
  const services = workServicesOf();
  const { mailer, taken } = scriptedMailer();
  const poolTree: WorkServices['poolTree'] = (...given) => {
    if (taken.length === 0 && !failed) {
      failed = true;
      return Promise.reject(new Error('This one fails'));
    }
    return services.poolTree(...given);
  };
  let failed = false;
  const first = await work(mailer, 0, { poolTree });
  expect(first.faults).toHaveLength(1);
  expect(taken.map(({ to }) => to)).toEqual([fine.email]);
  await work(mailer, 2);
  expect(taken.map(({ to }) => to)).toEqual([fine.email, broken.email]);
});
