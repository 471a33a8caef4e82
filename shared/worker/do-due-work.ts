import {
  dueWorkPerReadMax,
  dueWorkReadMax,
  failedWorkPauseSeconds,
  parallelWorkMax,
  unknownWorkPauseSeconds,
  workReserveSeconds,
} from '../limits.ts';
import { equal } from '../table/condition.ts';
import { due, organizationOfPartition, partitions } from '../table/keys.ts';
import { guard, update, type Item, type Key } from '../table/write.ts';
import { checkAskedAccount } from '../accounts/check-asked-account.ts';
import { sweepAccounts } from '../accounts/sweep-accounts.ts';
import { followUp } from '../handover/follow-up.ts';
import { followDeletedPools } from '../invites/follow-deleted-pools.ts';
import { workOnInvite } from '../invites/work-on-invite.ts';
import { sendNotice } from '../mail/send-notice.ts';
import type { Mailer, WorkServices } from '../ports.ts';
import { after, second, secondsBetween } from '../time.ts';
import { countTotals } from '../totals/count-totals.ts';
import { takeLease, type Lease } from './lease.ts';

export interface WorkDone {
  /** The number of pieces of work that were begun. */
  pieces: number;
  /** Errors that were thrown, for the log. */
  faults: unknown[];
  /** Absent if another run held the lease. */
  figures?: WorkFigures;
}

export interface WorkFigures {
  /** Emails that SES accepted. */
  sent: number;
  /** Attempts to send an email that SES did not accept, or whose response was lost. */
  failed: number;
  /** The failed attempts that SES refused for good, so that their emails are never sent. */
  rejected: number;
  /**
   * The age in seconds of the oldest email that this run tried to send and that still waits, or 0 if there is none. An
   * email that SES does not accept is tried at least once per `sendRetryMinutesMax`, so the maximum over that time is the age
   * of the oldest one. Emails that a limit of the product holds back do not count.
   */
  oldestUnsentSeconds: number;
  /** The share of the mails per 24 hours that are used up at SES, from 0 to 1. Absent if unknown. */
  quotaUsed?: number;
  /** The age of the oldest due piece of work that was left to the next run, or 0 if none was left. */
  oldestDueSeconds: number;
}

/**
 * Does all work that is due: emails, expiries, follow-ups of removals, joins and deleted pools, look-ups of accounts, and counts of
 * users and invites. Only one run works at a time. Calling this is harmless at any moment, because a conditional write claims each
 * piece of work.
 */
export const doDueWork = async (services: WorkServices): Promise<WorkDone> => {
  const lease = await takeLease(services);
  if (!lease) return { pieces: 0, faults: [] };
  try {
    return await drain(services, lease);
  } finally {
    await lease.giveBack();
  }
};

const drain = async (given: WorkServices, lease: Lease): Promise<WorkDone> => {
  const mails = { sent: 0, failed: 0, rejected: 0, oldestUnsentSeconds: 0 };
  const faults: unknown[] = [];
  const services = { ...given, mailer: fencedMailer(countingMailer(given, mails, faults), lease) };
  const { workTable, clock, mailer, timeLeft } = services;
  const rate = await mailer.rate();
  const quotaUsed = mailer.quotaUsed();
  const seen = new Set<string>();
  const done = (left?: Item): WorkDone => ({
    pieces: seen.size,
    faults,
    figures: {
      ...mails,
      ...(quotaUsed !== undefined && { quotaUsed }),
      oldestDueSeconds: left ? secondsBetween(String(left.dueAt), clock.now()) : 0,
    },
  });
  for (;;) {
    const page = await workTable.query({
      index: 'due',
      pk: partitions.due,
      through: clock.now(),
      limit: dueWorkReadMax,
    });
    const fresh = page.items.filter((item) => !seen.has(occurrence(item)));
    if (fresh.length === 0) return done();
    for (const step of steps(fresh, rate)) {
      // The items are in the order in which they became due, so the first unseen one is the oldest.
      const left = fresh.find((item) => !seen.has(occurrence(item)));
      if (timeLeft() < workReserveSeconds * second) return done(left);
      if (!lease.isHeld()) {
        faults.push(new Error('The run was not able to renew its lease in time', { cause: lease.fault() }));
        return done(left);
      }
      const begun = Date.parse(clock.now());
      const sent = await Promise.all(step.map((item) => workOnSafely(services, item, seen, faults)));
      await pace(clock, begun, sent.filter(Boolean).length, rate);
    }
  }
};

/** The mailer, which adds the outcome of each email to the figures, and faults on our side to those of the run. */
const countingMailer = (
  { mailer, clock }: Pick<WorkServices, 'mailer' | 'clock'>,
  mails: Omit<WorkFigures, 'oldestDueSeconds' | 'quotaUsed'>,
  faults: unknown[],
): Mailer => ({
  ...mailer,
  send: async (mail) => {
    const outcome = await mailer.send(mail);
    mails[outcome.kind === 'sent' ? 'sent' : 'failed'] += 1;
    if (outcome.kind === 'rejected') mails.rejected += 1;
    if (outcome.kind === 'unsent' || outcome.kind === 'unknown')
      mails.oldestUnsentSeconds = Math.max(mails.oldestUnsentSeconds, secondsBetween(mail.requestedAt, clock.now()));
    if (outcome.kind === 'unsent' && outcome.fault) faults.push(outcome.fault);
    return outcome;
  },
});

/**
 * The mailer, which sends nothing once the run has lost its lease, such as after its process was paused. This is the last
 * decision before the call, and costs no request.
 */
const fencedMailer = (mailer: Mailer, lease: Lease): Mailer => ({
  ...mailer,
  send: async (mail) => (lease.isHeld() ? mailer.send(mail) : { kind: 'not_begun' }),
});

/** Does one piece of work. An error is kept for the log and does not delay other work. Returns whether sending began. */
const workOnSafely = async (
  services: WorkServices,
  item: Item,
  seen: Set<string>,
  faults: unknown[],
): Promise<boolean> => {
  seen.add(occurrence(item));
  try {
    const result = await workOn(services, item);
    if (result !== 'unknown') return result;
    await setBack(services, item, unknownWorkPauseSeconds);
    return false;
  } catch (fault) {
    faults.push(fault);
    await setBack(services, item, failedWorkPauseSeconds);
    return false;
  }
};

/**
 * Takes one piece of work of each organization in turn, so that all organizations share the sending rate. Work done in
 * parallel belongs to different organizations, so that its writes never conflict.
 */
const steps = (items: readonly Item[], rate: number): Item[][] => {
  const queues = [...Map.groupBy(items, ({ pk }) => organizationOfPartition(pk)).values()];
  const size = Math.min(parallelWorkMax, Math.max(1, Math.floor(rate)));
  const all: Item[][] = [];
  let pieces = 0;
  for (let turn = 0; pieces < dueWorkPerReadMax; turn += 1) {
    const ofTurn = queues.flatMap((queue) => queue[turn] ?? []);
    if (ofTurn.length === 0) break;
    for (let start = 0; start < ofTurn.length; start += size) all.push(ofTurn.slice(start, start + size));
    pieces += ofTurn.length;
  }
  return all;
};

/** Waits long enough to keep the number of emails within SES's rate. */
const pace = async (clock: WorkServices['clock'], begun: number, mails: number, rate: number): Promise<void> => {
  const rest = begun + (mails * second) / rate - Date.parse(clock.now());
  if (rest > 0) await clock.wait(rest);
};

/**
 * Identifies an item and the time at which it was due. An item that becomes due again is new work; an entry that a lagging
 * index still shows is not.
 */
const occurrence = ({ pk, sk, dueAt }: Item): string => `${pk}\n${sk}\n${String(dueAt)}`;

const setBack = async (
  { tenantTable, clock }: WorkServices,
  { pk, sk, dueAt }: Item,
  seconds: number,
): Promise<void> => {
  const later = after(clock.now(), seconds * second);
  await tenantTable(organizationOfPartition(pk)).transact([
    update({ pk, sk }, { set: due(later), remove: ['wake'] }, guard(equal('dueAt', String(dueAt)), 'changed')),
  ]);
};

/** Does one piece of work. Returns whether sending began, or `unknown` if only a newer version of Roster can do the work. */
const workOn = async (services: WorkServices, { pk, sk }: Key): Promise<boolean | 'unknown'> => {
  const organizationId = organizationOfPartition(pk);
  const [, kind] = pk.split('#');
  switch (kind) {
    case 'invites':
      return workOnInvite(services, organizationId, sk);
    case 'notices':
      return sendNotice(services, organizationId, sk);
    case 'organization':
      await sweepAccounts(services, organizationId);
      return false;
    case 'totals':
      await countTotals(services, organizationId);
      return false;
    case 'deleted-pools':
      await followDeletedPools(services, organizationId);
      return false;
    case 'user':
      await checkAskedAccount(services, organizationId, { pk, sk });
      return (await followUp(services, organizationId, { pk, sk })) ?? false;
    default:
      // Only a newer version of Roster knows this kind of work. This worker's role may not write to its partition, so it
      // cannot postpone the work.
      return false;
  }
};
