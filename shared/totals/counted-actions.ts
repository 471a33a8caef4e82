import type { AuditAction } from '../audit/audit-event.ts';

/**
 * The actions after which an organization is counted again. Every change writes an audit event in its transaction, so the events
 * of these actions report all changes of the totals, and nothing else does: the stream passes on neither the days on which users
 * were seen nor the other attributes of users and invites.
 */
export const countedActions = [
  'organization_created',
  'roles_changed',
  'user_removed',
  'user_left',
  'user_restored',
  'invites_created',
  'invite_resent',
  'invite_changed',
  'address_suppressed',
  'invite_revoked',
  'invite_declined',
  'invite_accepted',
  'invite_expired',
  'invite_already_member',
  'organization_blocked',
  'pool_deleted',
] as const satisfies readonly AuditAction[];
