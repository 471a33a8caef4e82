import * as z from 'zod';
import { dueNow, keys } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';
import { reasonSchema } from './delivery-reason.ts';

/** A mail that tells somebody what concerns them. It waits in the same outbox as invites. */
const storedNotice = z.object({
  id: z.string(),
  kind: z.enum([
    'account_made',
    'roles_changed',
    'assets_taken_over',
    'removed',
    'restored',
    'assets_given_back',
    'new_invite_requested',
  ]),
  to: z.string(),
  /** The names and texts it speaks of. */
  facts: z.record(z.string(), z.string()),
  delivery: z.enum(['queued', 'sent', 'failed']),
  ...reasonSchema,
  attempts: z.number(),
  createdAt: z.string(),
});

export type Notice = z.infer<typeof storedNotice>;

export const parseNotice = (item: unknown): Notice => storedNotice.parse(item);

/** Queues a notice, in the transaction of what it tells. */
export const queueNotice = (
  organizationId: string,
  notice: Pick<Notice, 'id' | 'kind' | 'to' | 'facts'>,
  now: string,
): Write<never> => {
  const queued: Notice = { ...notice, delivery: 'queued', attempts: 0, createdAt: now };
  return put({ ...keys.notice(organizationId, notice.id), ...queued, ...dueNow(now) });
};
