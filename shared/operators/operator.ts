import { audit, type NewAuditEvent } from '../audit/audit-event.ts';
import type { Services } from '../ports.ts';
import type { Write } from '../table/write.ts';
import { operators } from '../users/operators.ts';

export type OperatorServices = Pick<Services, 'tenantTable' | 'clock' | 'ids' | 'secrets'>;

/** Platform: where the answers to commands are remembered, as a tenant's are. */
export const operatorsTenant = 'operators';

export interface OperatorAnswer {
  /** In words. */
  done: string;
  organizationId?: string;
  inviteId?: string;
  /** The number of users whose rows or entries were renewed. */
  renewed?: number;
  /** The paths of pools that share one name with a sibling, which an earlier rule about names allowed, and their ids. */
  sharedNames?: string[];
  /** Where the next call continues. Absent after the last one. */
  next?: string;
}

/** The event of what operators do, with its label, in the transaction that does it. */
export const auditByOperators = (event: Omit<NewAuditEvent, 'actor'>): Write<never>[] =>
  audit({ ...event, actor: operators });
