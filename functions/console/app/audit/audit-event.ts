import type { AssetKind } from '../../../../shared/asset-kinds.ts';
import type { UnknownValue } from '../../../../shared/open-enum.ts';
import type { ValueOf } from '../data/client.ts';

export type AuditEvent = ValueOf<'listAuditEvents'>['items'][number];
export type AuditAction = Exclude<AuditEvent['action'], UnknownValue>;
/** The actions on assets, which have the same names for each kind. */
export type AssetAction = Extract<AuditAction, `${AssetKind}_${'created' | 'changed' | 'deleted'}`>;
