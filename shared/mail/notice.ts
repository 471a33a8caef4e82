import * as z from 'zod';
import { noticeWindowSeconds } from '../limits.ts';
import { isKnown } from '../open-enum.ts';
import { due, dueNow, indexEntry, keys, partitions } from '../table/keys.ts';
import { put, type Item, type Write } from '../table/write.ts';
import { after, second } from '../time.ts';
import { reasonSchema } from './delivery-reason.ts';

export const changeKinds = [
  'account_made',
  'roles_changed',
  'assets_taken_over',
  'removed',
  'restored',
  'assets_given_back',
  'new_invite_requested',
  'address_changed',
  'address_conflict',
  'address_not_allowed',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** A `summary` reports several changes. Versions of Roster from before it postpone it, because they would report only one. */
const noticeKinds = [...changeKinds, 'summary'] as const;

/** `gathered`: another notice reports the change. `skipped`: no change was left that the recipient wants to hear of. */
const deliveries = ['queued', 'sent', 'failed', 'gathered', 'skipped'] as const;

/** What a notice reports. */
const storedChange = z.object({
  kind: z.enum(changeKinds),
  /** The names and texts that the email contains. */
  facts: z.record(z.string(), z.string()),
  /**
   * What changed, and its state before and after. Changes of the same thing are reported as one, or not at all if it is again
   * what it was before. Only compared, never shown. Absent in notices of earlier versions.
   */
  thing: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
});

export type Change = z.infer<typeof storedChange>;

/** An email that informs somebody of what concerns them. The worker sends it like the emails of invites. */
const storedNotice = storedChange.extend({
  id: z.string(),
  kind: z.enum(noticeKinds),
  to: z.string(),
  /** The recipient, if known: the notices of a person that are due at about the same time are gathered into one. */
  personId: z.string().optional(),
  /** The changes of a summary. */
  changes: z.array(storedChange).optional(),
  /** The number of notices that this one has gathered. */
  gathered: z.number().optional(),
  delivery: z.enum(deliveries),
  ...reasonSchema,
  attempts: z.number(),
  createdAt: z.string(),
});

export type Notice = z.infer<typeof storedNotice>;

/** Returns `unknown` for a notice whose kind or delivery only a newer version of Roster knows. */
export const parseNotice = (item: Item): Notice | 'unknown' =>
  isKnown(noticeKinds, String(item.kind)) && isKnown(deliveries, String(item.delivery))
    ? storedNotice.parse(item)
    : 'unknown';

/** The changes that a notice reports. */
export const changesOf = ({ kind, changes = [], facts, thing, before, after: state }: Notice): Change[] =>
  kind === 'summary' ? changes : [{ kind, facts, thing, before, after: state }];

/** These are about the security of the recipient's account, so they are sent at once and alone. */
const urgent: ReadonlySet<ChangeKind> = new Set(['account_made', 'address_changed']);

/**
 * Queues a notice in the transaction of the change that it reports. Except if it is urgent, it waits for further notices to the
 * same person for `noticeWindowSeconds`.
 */
export const queueNotice = (
  organizationId: string,
  notice: Change & Pick<Notice, 'id' | 'to' | 'personId'>,
  now: string,
): Write<never> => {
  const queued = { ...notice, delivery: 'queued', attempts: 0, createdAt: now } satisfies Notice;
  const { id, personId } = notice;
  const waits = personId !== undefined && !urgent.has(notice.kind);
  return put({
    ...keys.notice(organizationId, id),
    ...queued,
    ...(waits ? waiting(organizationId, { id, personId }, now) : dueNow(now)),
  });
};

const waiting = (organizationId: string, { id, personId }: { id: string; personId: string }, now: string) => ({
  ...due(after(now, noticeWindowSeconds * second)),
  ...indexEntry('gsi1', partitions.waitingNotices(organizationId, personId), id),
});
