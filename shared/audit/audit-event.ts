import * as z from 'zod';
import { gsi1, gsi2, gsi3, keys, partitions } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';

export const auditActions = [
  'organization_created',
  'settings_changed',
  'pool_created',
  'invites_created',
  'invite_resent',
  'invite_revoked',
  'invite_declined',
  'invite_accepted',
  'invite_expired',
  'roles_changed',
  'user_removed',
  'user_left',
] as const;

const storedEvent = z.object({
  id: z.string(),
  at: z.string(),
  /** The user who did it; absent when nobody did, as when an invite expires. */
  actorId: z.string().optional(),
  action: z.enum(auditActions),
  /** Ids of what it was done to. The first two find the event; of invites created together, each leads to it. */
  targets: z.array(z.string()),
  requestId: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

export type AuditEvent = z.infer<typeof storedEvent>;

export const parseAuditEvent = (item: unknown): AuditEvent => storedEvent.parse(item);

/** Every change writes one, in its own transaction. */
export const audit = ({ organizationId, ...event }: AuditEvent & { organizationId: string }): Write<never> => {
  const { id, actorId, targets, action } = event;
  const [first, second] = action === 'invites_created' ? [] : targets;
  return put({
    ...keys.auditEvent(organizationId, id),
    ...event,
    ...(actorId !== undefined && gsi1(partitions.auditByActor(organizationId, actorId), id)),
    ...(first !== undefined && gsi2(partitions.auditByTarget(organizationId, first), id)),
    ...(second !== undefined && gsi3(partitions.auditByTarget(organizationId, second), id)),
  });
};
