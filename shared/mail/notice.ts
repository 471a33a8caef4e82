import * as z from 'zod';
import { isKnown } from '../open-enum.ts';
import { dueNow, keys } from '../table/keys.ts';
import { put, type Item, type Write } from '../table/write.ts';
import { reasonSchema } from './delivery-reason.ts';

const noticeKinds = [
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

const deliveries = ['queued', 'sent', 'failed'] as const;

/** An email that informs somebody of what concerns them. The worker sends it like the emails of invites. */
const storedNotice = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  to: z.string(),
  /** The names and texts that the email contains. */
  facts: z.record(z.string(), z.string()),
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

/** Queues a notice in the transaction of the change that it reports. */
export const queueNotice = (
  organizationId: string,
  notice: Pick<Notice, 'id' | 'kind' | 'to' | 'facts'>,
  now: string,
): Write<never> => {
  const queued: Notice = { ...notice, delivery: 'queued', attempts: 0, createdAt: now };
  return put({ ...keys.notice(organizationId, notice.id), ...queued, ...dueNow(now) });
};
