import type { UnknownValue } from '../../../../shared/open-enum.ts';
import type { ValueOf } from '../data/client.ts';

export type AuditEvent = ValueOf<'listAuditEvents'>['items'][number];
export type AuditAction = Exclude<AuditEvent['action'], UnknownValue>;
