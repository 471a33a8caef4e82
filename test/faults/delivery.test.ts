import { beforeAll, describe, expect, test } from 'vitest';
import { delivered, sent as sendEvent } from '../../infra/local/mail-outcomes.ts';
import { systemIds, systemSecrets } from '../../functions/adapters/system.ts';
import { queueNotice } from '../../shared/mail/notice.ts';
import type { Mailer, WorkServices } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import { clock } from '../support/clock.ts';
import {
  queueInvite,
  queueInvites,
  runWorker,
  scriptedMailer,
  secretOf,
  sesAnswers,
  tableOf,
  tell,
  type Answer,
  type ScriptedMailer,
} from '../support/deliveries.ts';
import { Crash, dyingProcess, type Death } from '../support/dying-process.ts';
import { meeting, withoutGuards } from '../support/guards.ts';
import { workServicesOf } from '../support/operations.ts';
import { newEmail, newOrganization, refusal, take, type TestOrganization } from '../support/organization.ts';
import { without } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const minute = 60_000;
const { sent, throttled, rejected, answerLost, neverArrived } = sesAnswers;

let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});

/** The effects that the worker has for one mail, in this order. */
const effects = ['taking the lease', 'the claim', 'the sending', 'writing down the answer', 'giving back the lease'];
const [, claiming, sending, writingDown] = [1, 2, 3, 4];

const survives: Death = { nth: 0, when: 'before' };

const deaths: (Death & { death: string })[] = [
  { ...survives, death: 'does not die' },
  ...effects.flatMap((effect, index) =>
    (['before', 'after'] as const).map((when) => ({ nth: index + 1, when, death: `dies ${when} ${effect}` })),
  ),
];

/** When the events of the first accepted mail arrive. `at once`: before the response of SES. `late`: after the next attempt. */
type Hearing = 'never' | 'at once' | 'soon' | 'twice' | 'late';

interface Case {
  /** The response of SES to the first attempt. */
  answer: Answer;
  hearing?: Hearing;
}

const answers: Record<string, Answer> = {
  'SES takes the mail': sent,
  'its answer is lost': answerLost,
  'the mail never arrives': neverArrived,
  'SES throttles': throttled,
  'SES refuses the mail': rejected,
};

const everyAnswer: Record<string, Case> = Object.fromEntries(
  Object.entries(answers).map(([what, answer]) => [what, { answer }]),
);

const everyAnswerAndHearing: Record<string, Case> = Object.fromEntries(
  Object.entries(answers).flatMap(([what, answer]) =>
    (answer.taken ? (['never', 'at once', 'soon', 'twice', 'late'] as const) : (['never'] as const)).map((hearing) => [
      `${what}, events come ${hearing}`,
      { answer, hearing },
    ]),
  ),
);

/** A piece of due work that sends a mail, and the recipient. */
interface Piece {
  id: string;
  to: string;
  /** The stored item. */
  item(): Promise<Record<string, unknown>>;
}

type NewPieces = (count: number) => Promise<Piece[]>;

const addresses = (count: number): string[] => Array.from({ length: count }, () => newEmail());

const newInvites: NewPieces = async (count) =>
  (await queueInvites(organization, addresses(count))).map((invite) => ({ ...invite, to: invite.email }));

/** Invites whose first mail was sent, so that their reminder is due next. */
const newReminders: NewPieces = async (count) => {
  const invites = await newInvites(count);
  await runWorker(scriptedMailer(), { only: invites.map(({ id }) => id) });
  return invites;
};

const newNotices: NewPieces = async (count) => {
  const table = tableOf(organization.id);
  const notices = addresses(count).map((to) => ({
    id: systemIds.next('mail'),
    kind: 'account_made' as const,
    to,
    facts: { organization: 'Acme', email: to },
  }));
  const now = clock.now();
  await table.transact(notices.map((notice) => queueNotice(organization.id, notice, now)));
  return notices.map(({ id, to }) => ({
    id,
    to,
    item: async () => (await table.get(keys.notice(organization.id, id))) ?? {},
  }));
};

interface Trial extends Piece, Case {
  name: string;
  mailer: ScriptedMailer;
  heard: boolean;
}

const hear = async (trial: Trial, times = 1): Promise<void> => {
  const [mail] = trial.mailer.taken;
  if (!mail || trial.heard) return;
  trial.heard = true;
  for (let time = 0; time < times; time += 1) {
    await tell(mail, sendEvent);
    await tell(mail, delivered);
  }
};

/** Runs one process for each case. The process gets the response of the case, and dies. */
const runDying = async (cases: Record<string, Case>, newPieces: NewPieces, death: Death, due: number) => {
  const pieces = await newPieces(Object.keys(cases).length);
  const trials = Object.entries(cases).map(([name, given], index): Trial => ({
    ...(pieces[index] ?? expect.unreachable()),
    ...given,
    name,
    mailer: scriptedMailer(given.answer),
    heard: false,
  }));
  for (const [index, trial] of trials.entries()) {
    const process = dyingProcess(
      {
        ...trial.mailer,
        send: async (mail) => {
          const outcome = await trial.mailer.send(mail);
          if (trial.hearing === 'at once') await hear(trial);
          return outcome;
        },
      },
      death,
    );
    // Late enough for the lease of the previous process to have ended.
    const minutes = due + 2 * index;
    const run = runWorker(process.mailer, { minutes, only: [trial.id], change: process.change });
    const { faults } = await run.catch((fault: unknown) => ({ faults: [fault] }));
    for (const fault of faults) expect(fault).toBeInstanceOf(Crash);
  }
  return trials;
};

/** Runs the worker twice, without deaths and with a mailer that accepts every mail. Afterwards nothing is left to be sent. */
const runToTheEnd = async (trials: readonly Trial[], due: number): Promise<void> => {
  const mailerOf = (to: string) => trials.find((trial) => trial.to === to)?.mailer ?? expect.unreachable();
  const mailer: Mailer = { ...scriptedMailer(), send: (mail) => mailerOf(mail.to).send(mail) };
  const begin = due + 2 * trials.length;
  for (const minutes of [begin + 16, begin + 40]) {
    const taken = trials.filter(({ mailer: { taken: mails } }) => mails.length > 0);
    for (const trial of taken)
      if (trial.hearing === 'at once' || trial.hearing === 'soon') await hear(trial);
      else if (trial.hearing === 'twice') await hear(trial, 2);
    expect((await runWorker(mailer, { minutes, only: trials.map(({ id }) => id) })).faults).toEqual([]);
    for (const trial of taken) if (trial.hearing === 'late') await hear(trial);
  }
  const soon = new Date(stack.now() + (begin + 24 * 60) * minute).toISOString();
  for (const trial of trials) {
    const { dueAt = 'never' } = await trial.item();
    expect(String(dueAt) > soon, `Nothing is due on ${trial.name}`).toBe(true);
  }
};

/** Whether the response of SES was stored. It is lost if the process dies after getting and before storing it. */
const isWrittenDown = ({ nth, when }: Death): boolean =>
  !(nth === sending && when === 'after') && !(nth === writingDown && when === 'before');

/** The required result, from invariant 6 of shared/README.md alone. Two mails are sent only if SES accepted one and nobody learned of it. */
const expectedEnd = ({ answer, hearing = 'never' }: Case, death: Death): { mails: number; delivery: string } => {
  const known = isWrittenDown(death);
  if (answer === rejected && known) return { mails: 0, delivery: 'failed' };
  if (!answer.taken) return { mails: 1, delivery: 'sent' };
  const learned = (answer === sent && known) || ['at once', 'soon', 'twice'].includes(hearing);
  return { mails: learned ? 1 : 2, delivery: hearing === 'never' ? 'sent' : 'delivered' };
};

const expectedEnds = (cases: Record<string, Case>, death: Death) =>
  Object.fromEntries(Object.entries(cases).map(([name, given]) => [name, expectedEnd(given, death)]));

const endsOf = async (trials: readonly Trial[]) => {
  const ends: Record<string, { mails: number; delivery: unknown }> = {};
  for (const { name, mailer, item } of trials)
    ends[name] = { mails: mailer.taken.length, delivery: (await item()).delivery };
  return ends;
};

/** Minutes after which the reminder of an invite is due that was just sent and lives for a week. */
const reminderDue = 5 * 24 * 60 + 1;

describe('a mail', () => {
  test.each([
    ['an invite', newInvites, 0],
    ['a reminder', newReminders, reminderDue],
    ['a notice', newNotices, 0],
  ])('of %s has exactly the enumerated effects', async (_, newPieces, minutes) => {
    const only = (await newPieces(1)).map(({ id }) => id);
    const mailer = scriptedMailer();
    const process = dyingProcess(mailer, survives);
    await runWorker(process.mailer, { minutes, only, change: process.change });
    expect(mailer.taken).toHaveLength(1);
    expect(process.effects()).toBe(effects.length);
  });
});

describe.each(deaths)('when the worker $death', (death) => {
  test('an invite ends in a mail or a visible failure, and in a second mail only if nobody learned of the first', async () => {
    const trials = await runDying(everyAnswerAndHearing, newInvites, death, 0);
    await runToTheEnd(trials, 0);
    expect(await endsOf(trials)).toEqual(expectedEnds(everyAnswerAndHearing, death));
    for (const { mailer, item } of trials)
      expect((await item()).secretHashes).toEqual(
        expect.arrayContaining(mailer.taken.map((mail) => systemSecrets.hash(secretOf(mail)))),
      );
  });

  test('a reminder is sent as an invite is, and does not change the delivery of the first mail', async () => {
    const trials = await runDying(everyAnswer, newReminders, death, reminderDue);
    await runToTheEnd(trials, reminderDue);
    const expected = Object.entries(expectedEnds(everyAnswer, death));
    expect(await endsOf(trials)).toEqual(
      Object.fromEntries(expected.map(([name, { mails }]) => [name, { mails, delivery: 'sent' }])),
    );
    for (const { item } of trials) {
      const stored = await item();
      expect(stored).toMatchObject({ remindedAt: expect.any(String) as unknown });
      expect(stored).not.toHaveProperty('deliveryDetail');
    }
  });

  test('a notice is sent as an invite is', async () => {
    const trials = await runDying(everyAnswer, newNotices, death, 0);
    await runToTheEnd(trials, 0);
    expect(await endsOf(trials)).toEqual(expectedEnds(everyAnswer, death));
  });

  test('no mail of an invite is sent once it is revoked', async () => {
    const trials = await runDying(everyAnswer, newInvites, death, 0);
    const before = trials.map(({ mailer }) => mailer.taken.length);
    const { params, manager } = organization;
    const ids = trials.map(({ id }) => id);
    const { results } = take(await manager.client.changeInvites({ params, body: { action: 'revoke', ids } }));
    expect(results.filter(({ ok }) => ok)).toHaveLength(trials.length);
    await runToTheEnd(trials, 0);
    expect(trials.map(({ mailer }) => mailer.taken.length)).toEqual(before);
  });
});

describe('an invite that is revoked', () => {
  /** Revokes an invite right before the nth effect of the worker. Returns the number of mails that were sent. */
  const revokedBefore = async (nth: number) => {
    const invite = await queueInvite(organization);
    let count = 0;
    const revoking = async <T>(run: () => Promise<T>): Promise<T> => {
      count += 1;
      if (count === nth) take(await organization.manager.client.revokeInvite({ params: invite.params }));
      return run();
    };
    const mailer = scriptedMailer();
    await runWorker(
      { ...mailer, send: (mail) => revoking(() => mailer.send(mail)) },
      {
        only: [invite.id],
        change: (table) => ({ ...table, transact: (writes) => revoking(() => table.transact(writes)) }),
      },
    );
    expect((await invite.item()).status).toBe('revoked');
    return mailer.taken.length;
  };

  test.each(effects.map((effect, index) => ({ effect, nth: index + 1 })))(
    'before $effect gets a mail only if the mail had already been claimed',
    async ({ nth }) => {
      expect(await revokedBefore(nth)).toBe(nth <= claiming ? 0 : 1);
    },
  );
});

describe('an invite whose mail', () => {
  const run = (mailer: Mailer, id: string, minutes = 0) => runWorker(mailer, { minutes, only: [id] });

  test.each<[string, Answer[], number[], { delivery: string; sends: number; mails: number }]>([
    [
      'is accepted by SES is sent once, however often the worker runs',
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
    ['is throttled is not retried before its time', [throttled], [0, 0.5], { delivery: 'queued', sends: 0, mails: 0 }],
    [
      'is rejected has failed visibly, and is not retried',
      [rejected],
      [0, 1, 20],
      { delivery: 'failed', sends: 0, mails: 0 },
    ],
    [
      'got no response is not sent again before 15 minutes',
      [answerLost],
      [0, 1, 14],
      { delivery: 'queued', sends: 0, mails: 1 },
    ],
    [
      'got no response is sent again after 15 minutes',
      [answerLost],
      [0, 14, 16],
      { delivery: 'sent', sends: 1, mails: 2 },
    ],
  ])('%s', async (_, script, runs, expected) => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer(...script);
    for (const minutes of runs) await run(mailer, invite.id, minutes);
    const { delivery, sends } = await invite.show();
    expect({ delivery, sends, mails: mailer.taken.length }).toEqual(expected);
  });

  test.each([
    [
      'is throttled',
      throttled,
      'The email service did not accept the email yet (TooManyRequestsException). It will be sent later.',
    ],
    ['is rejected', rejected, 'The email service refused the email (MessageRejected).'],
    ['got no response', answerLost, 'The email service did not respond, so the email may or may not have been sent.'],
  ])('%s shows why', async (_, answer, deliveryDetail) => {
    const invite = await queueInvite(organization);
    await run(scriptedMailer(answer), invite.id);
    expect(await invite.show()).toMatchObject({ deliveryDetail });
  });

  test('was throttled no longer shows that once it is sent', async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer(throttled);
    for (const minutes of [0, 2]) await run(mailer, invite.id, minutes);
    expect(await invite.show()).toMatchObject({ delivery: 'sent' });
    expect(await invite.show()).not.toHaveProperty('deliveryDetail');
  });

  test('still waits when the invite expires shows that it failed', async () => {
    const invite = await queueInvite(organization, newEmail(), 1);
    const never = scriptedMailer(...Array.from({ length: 20 }, () => throttled));
    for (const minutes of [0, 2, 24 * 60 + 1]) await run(never, invite.id, minutes);
    const item = await invite.item();
    expect(item).toMatchObject({ status: 'expired', delivery: 'failed', deliveryCode: 'send_deferred' });
  });

  test('is sent twice has two links, and both open it', async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer(answerLost);
    for (const minutes of [0, 16]) await run(mailer, invite.id, minutes);
    const tokens = mailer.taken.map(({ text }) => /#(\S+)/.exec(text)?.[1] ?? '');
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens)
      expect(take(await stack.anybody.lookUpInvite({ body: { token } })).email).toBe(invite.email);
  });

  /** Resends the invite while its first mail is on the way to SES. */
  const resentMeanwhile = async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer();
    const slow: Mailer = {
      ...mailer,
      send: async (mail) => {
        const outcome = await mailer.send(mail);
        if (mailer.taken.length > 1) return outcome;
        stack.advanceClock(2 * minute);
        take(await organization.manager.client.resendInvite({ params: invite.params }));
        return outcome;
      },
    };
    await runWorker(slow, { only: [invite.id] });
    await runWorker(slow, { minutes: 3, only: [invite.id] });
    return { invite, tokens: mailer.taken.map(({ text }) => /#(\S+)/.exec(text)?.[1] ?? '') };
  };

  test('is being sent when the invite is resent can be opened by the newest link only', async () => {
    const { invite, tokens } = await resentMeanwhile();
    const [old = '', renewed = ''] = tokens;
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token: old } }))).toBe('410 invite_superseded');
    expect(take(await stack.anybody.lookUpInvite({ body: { token: renewed } })).email).toBe(invite.email);
  });
});

describe('one run at a time', () => {
  const secondRun = async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer();
    let second: unknown;
    await runWorker(
      {
        ...mailer,
        send: async (mail) => {
          second = await runWorker(scriptedMailer(), { only: [(await queueInvite(organization)).id] });
          return mailer.send(mail);
        },
      },
      { only: [invite.id] },
    );
    return second;
  };

  test('a second run leaves everything to the first', async () => {
    expect(await secondRun()).toEqual({ pieces: 0, faults: [] });
  });

  test('a run that died blocks other runs for 25 seconds', async () => {
    const invite = await queueInvite(organization);
    const process = dyingProcess(scriptedMailer(), { nth: 1, when: 'after' });
    await expect(runWorker(process.mailer, { only: [invite.id], change: process.change })).rejects.toThrow(Crash);
    const pieces = async (minutes: number) =>
      (await runWorker(scriptedMailer(), { minutes, only: [invite.id] })).pieces;
    expect(await pieces(20 / 60)).toBe(0);
    expect(await pieces(26 / 60)).toBe(1);
  });

  test('a run does not give back the lease of another', async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer();
    let third: unknown;
    const inner: Mailer = {
      ...mailer,
      // The first run is over by now: its lease ended long ago.
      send: async (mail) => {
        await first;
        third = await runWorker(mailer, { minutes: 2, only: [] });
        return mailer.send(mail);
      },
    };
    let second: Promise<unknown> = Promise.resolve();
    let started: () => void = () => undefined;
    const secondHasLease = new Promise<void>((resolve) => (started = resolve));
    const other = await queueInvite(organization);
    const first = runWorker(
      {
        ...mailer,
        send: async (mail) => {
          second = runWorker(
            { ...inner, rate: async () => (started(), inner.rate()) },
            { minutes: 2, only: [other.id] },
          );
          await secondHasLease;
          return mailer.send(mail);
        },
      },
      { only: [invite.id] },
    );
    await first;
    await second;
    expect(third).toEqual({ pieces: 0, faults: [] });
  });

  /** Two runs that both believe they have the lease, and that both read before either writes. Returns the number of mails. */
  const twoRuns = async (newPieces: NewPieces, due: number, ...forgotten: string[]) => {
    const only = (await newPieces(1)).map(({ id }) => id);
    const mailer = scriptedMailer();
    const meet = meeting(2);
    const services = workServicesOf();
    const tenantTable: WorkServices['tenantTable'] = (...roots) =>
      meet(withoutGuards(services.tenantTable(...roots), ...forgotten));
    const once = () => runWorker(mailer, { minutes: due, only, change: without('taken', 'taken over'), tenantTable });
    await Promise.all([once(), once()]);
    return mailer.taken.length;
  };

  const pieces: [string, NewPieces, number][] = [
    ['an invite', newInvites, 0],
    ['a reminder', newReminders, reminderDue],
    ['a notice', newNotices, 0],
  ];

  test.each(pieces)('two runs that ignore the lease send %s once, because of the claim', async (_, newPieces, due) => {
    expect(await twoRuns(newPieces, due)).toBe(1);
  });

  test.each(pieces)('without the guards of the claim they would send %s twice', async (_, newPieces, due) => {
    expect(await twoRuns(newPieces, due, 'lost')).toBe(2);
  });
});

test('work that fails does not delay other work, and is retried', async () => {
  const [broken, fine] = [await queueInvite(organization), await queueInvite(organization)];
  const services = workServicesOf();
  const mailer = scriptedMailer();
  let failed = false;
  const poolTree: WorkServices['poolTree'] = (...given) => {
    if (failed) return services.poolTree(...given);
    failed = true;
    return Promise.reject(new Error('This one fails'));
  };
  const only = [broken.id, fine.id];
  const first = await runWorker(mailer, { only, poolTree });
  expect(first.faults).toHaveLength(1);
  expect(mailer.taken.map(({ to }) => to)).toEqual([fine.email]);
  await runWorker(mailer, { only, minutes: 2 });
  expect(mailer.taken.map(({ to }) => to)).toEqual([fine.email, broken.email]);
});
