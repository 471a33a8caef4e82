import { sendRetryMinutesMax, sendUncertaintySeconds } from '../limits.ts';
import type { Mail, SendOutcome, WorkServices } from '../ports.ts';
import { atMost, equal } from '../table/condition.ts';
import { due } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update, type Changes, type Guard, type Key, type Write } from '../table/write.ts';
import { after, minute, second } from '../time.ts';
import type { DeliveryReason } from './delivery-codes.ts';
import { reasonItem } from './delivery-reason.ts';

/** A mail that was certainly not taken is tried again after 1, 2, 4 … minutes, in milliseconds. */
const retryPause = (attempts: number): number => Math.min(2 ** (attempts - 1), sendRetryMinutesMax) * minute;

/** An item of the outbox: an invite or a notice. */
export interface Outgoing<F> {
  key: Key;
  /** Tries so far. */
  attempts: number;
  /** Made at the last moment: it may carry a secret. */
  mail: Mail;
  /** What the claim demands and writes beside what every claim does. */
  guards: Guard<F | 'lost'>[];
  checks: Write<F | 'lost'>[];
  claiming?: Changes;
  /** What is written once SES took the mail, or will never take it. Anything but `dueAt` ends the work on the item. */
  taken(at: string, messageId: string): Changes;
  refused(at: string, reason: DeliveryReason): Changes;
  /** Written with `taken`. */
  counted?: Write<never>[];
  /** Written once SES certainly did not take the mail. */
  uncounted?: Write<never>[];
  /** Why the mail waits is not written down: another mail of the item is told of there. */
  quiet?: boolean;
}

/** Why no sending began, or what became of it. */
export type Delivered<F> = { kind: 'unclaimed'; because: F | 'lost' } | SendOutcome;

/**
 * Claims, sends, writes down what became of it. The claim is the moment at which sending begins: what ended before it is
 * never sent. A crash after the claim leaves it due again later: only then can a mail be sent twice.
 */
export const deliver = async <F = never>(
  { mailer, clock, runId }: Pick<WorkServices, 'mailer' | 'clock' | 'runId'>,
  table: Table,
  outgoing: Outgoing<F>,
): Promise<Delivered<F>> => {
  const { key, mail, claiming = {}, guards, checks, counted = [], uncounted = [] } = outgoing;
  const claimedAt = clock.now();
  const claim = `${runId} ${claimedAt}`;
  const claimed = await table.transact<F | 'lost'>([
    update<F | 'lost'>(
      key,
      {
        ...claiming,
        set: { ...claiming.set, claim, ...due(after(claimedAt, sendUncertaintySeconds * second)) },
        remove: ['wake'],
        add: { attempts: 1 },
      },
      guard(atMost('dueAt', claimedAt), 'lost'),
      guard(equal('attempts', outgoing.attempts), 'lost'),
      ...guards,
    ),
    ...checks,
  ]);
  if (!claimed.ok) return { kind: 'unclaimed', because: claimed.error };
  const outcome = await mailer.send(mail);
  await table.transact([
    update(key, outcomeChanges(outcome, clock.now(), outgoing), guard(equal('claim', claim), 'lost')),
    ...(outcome.kind === 'sent' ? counted : []),
    ...(outcome.kind === 'unsent' || outcome.kind === 'rejected' ? uncounted : []),
  ]);
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
    case 'unknown':
      return { set: waiting(outcome.reason), remove: ['wake'] };
  }
};

const withoutClaim = (changes: Changes): Changes => ({
  ...changes,
  remove: [...(changes.remove ?? []), 'claim', 'wake'],
});
