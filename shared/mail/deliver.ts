import type { Mail, SendOutcome } from '../ports.ts';
import { atMost, equal } from '../table/condition.ts';
import { due, notDue } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update, type Changes, type Guard, type Key, type Write } from '../table/write.ts';
import type { WorkServices } from '../ports.ts';

/** A mail whose answer was lost is tried again after this long. Minutes; product design. */
const uncertainMinutes = 15;

/** A mail that was certainly not taken is tried again after 1, 2, 4 … minutes, at most an hour. */
const retryMinutes = (attempts: number): number => Math.min(2 ** (attempts - 1), 60);

/** An item of the outbox: an invite or a notice. */
export interface Outgoing {
  key: Key;
  /** Tries so far. */
  attempts: number;
  /** Made at the last moment: it may carry a secret. */
  mail: Mail;
  /** What the claim demands and writes beside what every claim does. */
  guards: Guard<'lost'>[];
  checks: Write<'lost'>[];
  claiming?: Changes;
  /** What is written once the mail is on its way, or will never be. */
  afterwards?: Changes['set'];
}

/**
 * Claims, sends, writes down what became of it. The claim is the moment at which sending begins: what ended before it is
 * never sent. A crash after the claim leaves it due again later: only then can a mail be sent twice.
 */
export const deliver = async (
  { mailer, clock, runId }: Pick<WorkServices, 'mailer' | 'clock' | 'runId'>,
  table: Table,
  outgoing: Outgoing,
): Promise<void> => {
  const { key, mail, claiming = {}, guards, checks, afterwards = {} } = outgoing;
  const claimedAt = clock.now();
  const claim = `${runId} ${claimedAt}`;
  const claimed = await table.transact<'lost'>([
    update(
      key,
      {
        ...claiming,
        set: { ...claiming.set, claim, ...due(minutesAfter(claimedAt, uncertainMinutes)) },
        remove: ['wake'],
        add: { attempts: 1 },
      },
      guard(equal('delivery', 'queued'), 'lost' as const),
      guard(atMost('dueAt', claimedAt), 'lost' as const),
      guard(equal('attempts', outgoing.attempts), 'lost' as const),
      ...guards,
    ),
    ...checks,
  ]);
  if (!claimed.ok) return;
  const outcome = await mailer.send(mail);
  await table.transact([
    update(
      key,
      outcomeChanges(outcome, clock.now(), outgoing.attempts + 1, afterwards),
      guard(equal('claim', claim), 'lost'),
    ),
  ]);
};

const outcomeChanges = (
  outcome: SendOutcome,
  now: string,
  attempts: number,
  afterwards: Changes['set'] = {},
): Changes => {
  const settled = 'dueAt' in afterwards ? ['claim', 'wake'] : ['claim', ...notDue];
  switch (outcome.kind) {
    case 'sent':
      return {
        set: { delivery: 'sent', sentAt: now, messageId: outcome.messageId, ...afterwards },
        remove: [...settled, 'deliveryDetail'],
        add: { sends: 1 },
      };
    case 'rejected':
      return { set: { delivery: 'failed', deliveryDetail: outcome.reason, ...afterwards }, remove: settled };
    case 'unsent':
      return {
        set: { deliveryDetail: outcome.reason, ...due(minutesAfter(now, retryMinutes(attempts))) },
        remove: ['claim'],
      };
    case 'unknown':
      return { set: { deliveryDetail: outcome.reason } };
  }
};

const minutesAfter = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();
