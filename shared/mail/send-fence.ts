import { audit } from '../audit/audit-event.ts';
import type { Named } from '../named.ts';
import type { Settings, WorkServices } from '../ports.ts';
import type { Write } from '../table/write.ts';
import type { DeliveryReason } from './delivery-codes.ts';

/**
 * Whether an email was requested before the instant from which this installation sends emails. In a restored table, such an email
 * may already have been sent.
 */
export const isFenced = ({ sendFence }: Pick<Settings, 'sendFence'>, askedAt: string): boolean =>
  sendFence !== undefined && askedAt < sendFence;

export const fencedReason: DeliveryReason = { code: 'withheld_after_restore' };

/** The audit event of an email that is withheld for this reason. `target`: an invite or a notice. */
export const auditFenced = (
  { ids, runId, settings }: Pick<WorkServices, 'ids' | 'runId' | 'settings'>,
  organizationId: string,
  target: Named,
  at: string,
  mail: 'invite' | 'reminder' | 'notice',
): Write<never>[] =>
  audit({
    organizationId,
    id: ids.next('evt'),
    at,
    action: 'mail_withheld',
    targets: [target],
    requestId: runId,
    details: { mail, askedBefore: settings.sendFence },
  });
