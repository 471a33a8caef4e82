/**
 * What happens to emails when a run of the worker dies or is paused, by the time at which they are sent. A run is a process here:
 * its clock no longer calls it once it is dead, or while it is paused. Other runs begin on schedule.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { sent as sendEvent } from '../../infra/local/mail-outcomes.ts';
import {
  heldMailResumptionSecondsMax,
  leaseSeconds,
  parallelWorkMax,
  sendUncertaintySeconds,
  workIntervalSeconds,
  workResumptionSecondsMax,
} from '../../shared/limits.ts';
import type { Mail, Mailer } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table, TransactResult } from '../../shared/table/table.ts';
import { queueInvites, runWorker, scriptedMailer, tell, type QueuedInvite } from '../support/deliveries.ts';
import { newEmail, newOrganization, type TestOrganization } from '../support/organization.ts';
import { asItIs, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';
import { steppedClock, type SteppedClock } from '../support/stepped-clock.ts';

const stack = useStack();
const second = 1_000;

let organizations: TestOrganization[];
beforeAll(async () => {
  organizations = await Promise.all(Array.from({ length: 4 }, () => newOrganization(stack)));
});

class Death extends Error {}

/** The emails of a test, and what SES accepted of them. */
interface Sending {
  clock: SteppedClock;
  invites: QueuedInvite[];
  /** All emails that SES accepted, with the seconds at which it did. */
  accepted: { mail: Mail; at: number }[];
}

/** Queues emails of several organizations, because a run sends emails of different organizations at the same time. */
const queue = async (each: number, of = organizations): Promise<Sending> => {
  const emails = () => Array.from({ length: each }, () => newEmail());
  const invites = (await Promise.all(of.map((organization) => queueInvites(organization, emails())))).flat();
  return { clock: steppedClock(stack.now()), invites, accepted: [] };
};

interface Run {
  rate?: number;
  change?: Change;
  timeLeft?: () => number;
  /** Called with the number of the email that SES is about to accept. */
  before?: (nth: number) => Promise<unknown>;
  /** The run dies once SES has accepted this many emails. Its other calls that are in progress have no effect. */
  diesAfter?: number;
}

/** Runs the worker until it ends or dies. */
const work = async (
  { clock, invites, accepted }: Sending,
  { rate = Number.POSITIVE_INFINITY, change = asItIs, timeLeft, before, diesAfter }: Run = {},
): Promise<void> => {
  let count = 0;
  let dead = false;
  const effect = async <T>(run: () => Promise<T>): Promise<T> => {
    if (dead) throw new Death();
    return run();
  };
  const mortal = (table: Table): Table => ({
    ...table,
    transact: (writes) => effect(() => table.transact(writes)),
    update: (write) => effect(() => table.update(write)),
  });
  const mailer: Mailer = {
    ...scriptedMailer(),
    rate: async () => rate,
    send: (mail) =>
      effect(async () => {
        count += 1;
        await before?.(count);
        accepted.push({ mail, at: Math.round(clock.elapsed() / second) });
        dead = accepted.length === diesAfter;
        if (dead) throw new Death();
        return { kind: 'sent', messageId: 'm' };
      }),
  };
  try {
    await runWorker(mailer, {
      only: invites.map(({ id }) => id),
      clock: { ...clock, every: (interval, run) => clock.every(interval, async () => (dead ? undefined : run())) },
      change: (table) => mortal(change(table)),
      ...(timeLeft && { timeLeft }),
    });
  } catch (fault) {
    if (!(fault instanceof Death)) throw fault;
  }
};

/** Starts runs on schedule until this many seconds have passed. `phase`: the seconds until the first one. */
const workOnSchedule = async (given: Sending, seconds: number, phase = 0): Promise<void> => {
  const { clock } = given;
  await clock.pass(phase * second);
  const end = clock.elapsed() + seconds * second;
  for (; clock.elapsed() < end; await clock.pass(workIntervalSeconds * second)) await work(given);
};

const timesOf = ({ accepted }: Sending, email: string): number[] =>
  accepted.flatMap(({ mail, at }) => (mail.to === email ? [at] : []));

/** Replaces the renewals of the lease. A run takes the lease first. */
const onRenewals = (instead: () => Promise<TransactResult<never>>): Change => {
  let taken = false;
  return (table) => ({
    ...table,
    transact: async (writes) => {
      const renews = taken && writes.some(({ key, effect }) => key.sk === keys.workLease().sk && effect.kind === 'put');
      taken = true;
      return renews ? instead() : table.transact(writes);
    },
  });
};

describe('a run that is alive', () => {
  /** Counts the runs that begin while another run sends one email per second for almost a minute. */
  const runsMeanwhile = async (change: Change): Promise<number> => {
    const given = await queue(60, organizations.slice(0, 1));
    const { clock } = given;
    let begun = 0;
    const another = async (): Promise<void> => {
      const { figures } = await runWorker(scriptedMailer(), { only: [], clock });
      if (figures) begun += 1;
    };
    await work(given, { rate: 1, change, before: another, timeLeft: () => 60 * second - clock.elapsed() });
    expect(clock.elapsed()).toBeGreaterThan(10 * second);
    return begun;
  };

  test('keeps its lease, so that no other run begins', async () => {
    expect(await runsMeanwhile(asItIs)).toBe(0);
  });

  test('and would lose it if it did not renew it', async () => {
    expect(await runsMeanwhile(onRenewals(async () => ({ ok: true })))).toBeGreaterThan(0);
  });

  test('and that cannot renew its lease ends before another run can begin, says why, and leaves the rest to it', async () => {
    const given = await queue(40, organizations.slice(0, 1));
    const outage = onRenewals(() => Promise.reject(new Error('No response')));
    const { faults, pieces } = await runWorker(
      { ...scriptedMailer(), rate: async () => 1 },
      { only: given.invites.map(({ id }) => id), clock: given.clock, change: outage },
    );
    expect(faults).toMatchObject([
      { message: 'The run was not able to renew its lease in time', cause: { message: 'No response' } },
    ]);
    expect(given.clock.elapsed()).toBeLessThan(leaseSeconds * second);
    expect(pieces).toBeLessThan(leaseSeconds);
  });
});

describe('when a run dies', () => {
  /** The emails that the dead run had not claimed, and those that it had claimed without storing an outcome. */
  const remainsOf = async ({ invites }: Sending) => {
    const items = await Promise.all(invites.map(async ({ email, item }) => ({ email, item: await item() })));
    return {
      unheld: items.flatMap(({ email, item }) => (item.attempts === 0 ? [email] : [])),
      held: items.flatMap(({ email, item }) => (item.claim === undefined ? [] : [email])),
    };
  };

  test.each([
    { diesAfter: 1, phase: 0 },
    { diesAfter: 2, phase: 1 },
    { diesAfter: 5, phase: leaseSeconds - 1 },
    { diesAfter: 8, phase: leaseSeconds },
    { diesAfter: 10, phase: workIntervalSeconds - 1 },
  ])(
    'after $diesAfter emails and $phase seconds before the next run, emails that it did not hold continue within 90 seconds',
    async ({ diesAfter, phase }) => {
      const given = await queue(5);
      await work(given, { diesAfter });
      const { unheld, held } = await remainsOf(given);
      expect(unheld.length).toBeGreaterThan(5);
      expect(held.length).toBeLessThanOrEqual(parallelWorkMax);
      await workOnSchedule(given, workResumptionSecondsMax, phase);
      for (const email of unheld) {
        const [at = Infinity, ...again] = timesOf(given, email);
        expect(at).toBeLessThanOrEqual(workResumptionSecondsMax);
        expect(again).toEqual([]);
      }
    },
  );

  test('an email that SES may have accepted waits for the event of SES, or for 15 minutes', async () => {
    const given = await queue(2);
    await work(given, { diesAfter: 3 });
    const { held } = await remainsOf(given);
    // SES accepted the last email before the death, and its event arrives. It did not accept the others.
    const { mail } = given.accepted.at(-1) ?? expect.unreachable();
    expect(held).toContain(mail.to);
    await workOnSchedule(given, sendUncertaintySeconds - 2 * workIntervalSeconds);
    for (const email of held) expect(timesOf(given, email)).toEqual(email === mail.to ? [0] : []);
    await tell(mail, sendEvent);
    await workOnSchedule(given, 4 * workIntervalSeconds);
    expect(given.invites.map(({ email }) => timesOf(given, email).length)).toEqual(given.invites.map(() => 1));
  });
});

/** Does something right after the first claim of an email has been stored. The first write of a run takes the lease. */
const afterClaim = (happens: () => Promise<void>): Change => {
  let writes = 0;
  return (table) => ({
    ...table,
    transact: async (all) => {
      writes += 1;
      const nth = writes;
      const result = await table.transact(all);
      if (nth === 2) await happens();
      return result;
    },
  });
};

describe('when the response to a claim is lost', () => {
  const lost = afterClaim(() => Promise.reject(new Error('The response was lost')));

  test('the email was certainly not handed to SES, and is sent within 5 minutes', async () => {
    const given = await queue(1, organizations.slice(0, 1));
    await work(given, { change: lost });
    expect(given.accepted).toEqual([]);
    await workOnSchedule(given, 2 * sendUncertaintySeconds);
    expect(given.accepted).toHaveLength(1);
    expect(given.accepted[0]?.at).toBeLessThanOrEqual(heldMailResumptionSecondsMax);
  });

  test('and DynamoDB does not respond when the run gives up the claim, the email waits for 15 minutes', async () => {
    const given = await queue(1, organizations.slice(0, 1));
    let down = false;
    const outage = afterClaim(async () => void (down = true));
    const unreachable: Change = (table) => ({
      ...table,
      transact: async (writes) => {
        const result = down ? undefined : await outage(table).transact(writes);
        if (!result || down) throw new Error('DynamoDB does not respond');
        return result;
      },
    });
    await expect(work(given, { change: unreachable })).rejects.toThrow('DynamoDB does not respond');
    await workOnSchedule(given, 2 * sendUncertaintySeconds);
    expect(given.accepted[0]?.at).toBeGreaterThanOrEqual(sendUncertaintySeconds);
  });
});

describe('when the process of a run is paused right before it hands an email to SES', () => {
  /** Pauses the run for this many seconds, while other runs begin on schedule. `timeless`: the run does not notice the pause. */
  const paused = async (seconds: number, { timeless = false } = {}) => {
    const given = await queue(2, organizations.slice(0, 1));
    const { clock } = given;
    const begun = clock.now();
    const pausing = afterClaim(() => workOnSchedule(given, seconds));
    await runWorker(
      {
        ...scriptedMailer(),
        send: async (mail) => (
          given.accepted.push({ mail, at: clock.elapsed() / second }),
          { kind: 'sent', messageId: 'm' }
        ),
      },
      {
        only: given.invites.map(({ id }) => id),
        clock: { ...clock, now: timeless ? () => begun : clock.now, every: () => () => undefined },
        change: pausing,
      },
    );
    return given;
  };

  test('for longer than its lease, it sends nothing more, and every email is sent once within 5 minutes', async () => {
    const given = await paused(leaseSeconds + workIntervalSeconds);
    await workOnSchedule(given, sendUncertaintySeconds);
    expect(given.accepted.map(({ mail }) => mail.to).toSorted()).toEqual(
      given.invites.map(({ email }) => email).toSorted(),
    );
    expect(Math.max(...given.accepted.map(({ at }) => at))).toBeLessThanOrEqual(heldMailResumptionSecondsMax);
  });

  test('for longer than 15 minutes, the email that another run has sent is not sent again', async () => {
    const given = await paused(sendUncertaintySeconds + workIntervalSeconds);
    expect(given.accepted).toHaveLength(2);
  });

  test('and does not check its lease, the email is sent twice', async () => {
    const given = await paused(sendUncertaintySeconds + workIntervalSeconds, { timeless: true });
    expect(given.accepted).toHaveLength(3);
  });
});
