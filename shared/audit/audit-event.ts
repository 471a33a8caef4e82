import { gsi1, keys } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';

export type AuditAction =
  | 'organization_created'
  | 'pool_created'
  | 'invites_created'
  | 'invite_resent'
  | 'invite_revoked'
  | 'invite_declined'
  | 'invite_accepted'
  | 'invite_expired'
  | 'roles_changed'
  | 'user_removed'
  | 'user_left';

export interface AuditEvent {
  organizationId: string;
  id: string;
  at: string;
  /** The user who did it; absent when nobody did, as when an invite expires. */
  actorId?: string | undefined;
  action: AuditAction;
  /** Ids of what it was done to. */
  targets: string[];
  requestId: string;
  details?: Record<string, unknown>;
}

/** Every change writes one, in its own transaction. */
export const audit = ({ organizationId, actorId, ...event }: AuditEvent): Write<never> =>
  put({
    ...keys.auditEvent(organizationId, event.id),
    ...(actorId !== undefined && { actorId, ...gsi1(`${organizationId}#audit#actor#${actorId}`, event.id) }),
    ...event,
  });
