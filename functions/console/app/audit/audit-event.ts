import type { ValueOf } from '../data/client.ts';

export type AuditEvent = ValueOf<'listAuditEvents'>['items'][number];
