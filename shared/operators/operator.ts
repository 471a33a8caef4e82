import { audit, type NewAuditEvent } from '../audit/audit-event.ts';
import type { Services } from '../ports.ts';
import type { Write } from '../table/write.ts';
import { operators } from '../users/operators.ts';

export type OperatorServices = Pick<Services, 'tenantTable' | 'clock' | 'ids' | 'secrets'>;

/** The platform partition in which responses to commands are remembered, like those of a tenant. */
export const operatorsTenant = 'operators';

export interface OperatorAnswer {
  /** A description of what was done. */
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

/** The audit event of a command, with its label, for the transaction of that command. */
export const auditByOperators = (event: Omit<NewAuditEvent, 'actor'>): Write<never>[] =>
  audit({ ...event, actor: operators });
