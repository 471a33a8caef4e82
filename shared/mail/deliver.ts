import { failedWorkPauseSeconds, sendRetryMinutesMax, sendUncertaintySeconds } from '../limits.ts';
import type { Mail, SendOutcome, WorkServices } from '../ports.ts';
import { atMost, equal } from '../table/condition.ts';
import { due } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update, type Changes, type Guard, type Key, type Write } from '../table/write.ts';
import { after, minute, second } from '../time.ts';
import type { DeliveryReason } from './delivery-codes.ts';
import { reasonItem } from './delivery-reason.ts';

/** The pause after which an email that SES certainly did not accept is sent again: 1, 2, 4 … minutes, in milliseconds. */
const retryPause = (attempts: number): number => Math.min(2 ** (attempts - 1), sendRetryMinutesMax) * minute;

/** An item with an email to send: an invite or a notice. */
export interface Outgoing<F> {
  key: Key;
  /** Attempts to send so far. */
  attempts: number;
  /** Created for this attempt and never stored, because it may contain a secret. */
  mail: Mail;
  /** Guards, conditions and changes of the claim in addition to those that every claim has. */
  guards: Guard<F | 'lost'>[];
  checks: Write<F | 'lost'>[];
  claiming?: Changes;
  /** The changes once SES has accepted the email or has refused it for good. They also decide when the item is next due, if ever. */
  taken(at: string, messageId: string): Changes;
  refused(at: string, reason: DeliveryReason): Changes;
  /** Written together with `taken`. */
  counted?: Write<never>[];
  /** Written if SES certainly did not accept the email. */
  uncounted?: Write<never>[];
  /** Does not store why the email waits, because the item shows the delivery of another email. */
  quiet?: boolean;
}

/** Why sending did not begin, or the outcome of sending. */
export type Delivered<F> = { kind: 'unclaimed'; because: F | 'lost' } | SendOutcome;

/**
 * Claims an item, sends its email and stores the outcome. Sending begins with the claim, so an item that ended before is never
 * sent. The claim is the mark that the email is being handed to SES. Nothing but the decision whether the run still has its
 * lease comes between the two, so a second mark would cost a write per email and leave the same gap behind itself.
 *
 * Invariant 6 of the contract: no invite is lost, and a duplicate occurs only where SES accepted an email and its response was
 * lost. What the next run does if this one dies, or if a call fails, follows from it:
 *
 * - An item without a claim was certainly not handed to SES. It is still due, so the next run sends it as soon as it has the lease.
 * - A claim whose transaction failed, or whose run lost its lease before the call, was certainly not handed to SES either. This
 *   run knows that, so it gives the claim up, and the item is due again in a minute.
 * - A claim of a run that died may have been handed to SES: nobody can tell whether the process died before the call or after
 *   SES had accepted it. To send it at once would be a duplicate whenever SES did accept it. It waits for the event of SES, which
 *   settles it, or for `sendUncertaintySeconds`, in which an event arrives unless it is lost. A run has no more such items than it
 *   works on in parallel.
 */
export const deliver = async <F = never>(
  { mailer, clock, runId }: Pick<WorkServices, 'mailer' | 'clock' | 'runId'>,
  table: Table,
  outgoing: Outgoing<F>,
): Promise<Delivered<F>> => {
  const { key, mail, claiming: changes = {}, guards, checks, counted = [], uncounted = [] } = outgoing;
  const claimedAt = clock.now();
  const claim = `${runId} ${claimedAt}`;
  const store = (outcome: SendOutcome) =>
    table.transact([
      update(key, outcomeChanges(outcome, clock.now(), outgoing), guard(equal('claim', claim), 'lost')),
      ...(outcome.kind === 'sent' ? counted : []),
      ...(outcome.kind === 'sent' || outcome.kind === 'unknown' ? [] : uncounted),
    ]);
  const claiming = table.transact<F | 'lost'>([
    update<F | 'lost'>(
      key,
      {
        ...changes,
        set: { ...changes.set, claim, ...due(after(claimedAt, sendUncertaintySeconds * second)) },
        remove: ['wake'],
        add: { attempts: 1 },
      },
      guard(atMost('dueAt', claimedAt), 'lost'),
      guard(equal('attempts', outgoing.attempts), 'lost'),
      ...guards,
    ),
    ...checks,
  ]);
  const claimed = await claiming.catch(async (fault: unknown) => {
    // The claim may have been stored although its response was lost.
    await store({ kind: 'not_begun' });
    throw fault;
  });
  if (!claimed.ok) return { kind: 'unclaimed', because: claimed.error };
  const outcome = await mailer.send(mail);
  await store(outcome);
  return outcome;
};

const outcomeChanges = <F>(
  outcome: SendOutcome,
  now: string,
  { attempts, taken, refused, quiet = false }: Outgoing<F>,
): Changes => {
  const waiting = (reason: DeliveryReason) => (quiet ? {} : reasonItem(reason));
  switch (outcome.kind) {
    case 'sent':
      return withoutClaim(taken(now, outcome.messageId));
    case 'rejected':
      return withoutClaim(refused(now, outcome.reason));
    case 'unsent':
      return {
        set: { ...waiting(outcome.reason), ...due(after(now, retryPause(attempts + 1))) },
        remove: ['claim'],
      };
    case 'not_begun':
      return { set: due(after(now, failedWorkPauseSeconds * second)), remove: ['claim'] };
    case 'unknown':
      return { set: waiting(outcome.reason), remove: ['wake'] };
  }
};

const withoutClaim = (changes: Changes): Changes => ({
  ...changes,
  remove: [...(changes.remove ?? []), 'claim', 'wake'],
});
