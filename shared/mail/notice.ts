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
] as const;

const deliveries = ['queued', 'sent', 'failed'] as const;

/** A mail that tells somebody what concerns them. It waits in the same outbox as invites. */
const storedNotice = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  to: z.string(),
  /** The names and texts it speaks of. */
  facts: z.record(z.string(), z.string()),
  delivery: z.enum(deliveries),
  ...reasonSchema,
  attempts: z.number(),
  createdAt: z.string(),
});

export type Notice = z.infer<typeof storedNotice>;

/** `unknown`: only a newer version knows what this notice says, or what has become of it. */
export const parseNotice = (item: Item): Notice | 'unknown' =>
  isKnown(noticeKinds, String(item.kind)) && isKnown(deliveries, String(item.delivery))
    ? storedNotice.parse(item)
    : 'unknown';

/** Queues a notice, in the transaction of what it tells. */
export const queueNotice = (
  organizationId: string,
  notice: Pick<Notice, 'id' | 'kind' | 'to' | 'facts'>,
  now: string,
): Write<never> => {
  const queued: Notice = { ...notice, delivery: 'queued', attempts: 0, createdAt: now };
  return put({ ...keys.notice(organizationId, notice.id), ...queued, ...dueNow(now) });
};
