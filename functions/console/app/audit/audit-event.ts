import type { AssetKind } from '../../../../shared/asset-kinds.ts';
import type { UnknownValue } from '../../../../shared/open-enum.ts';
import type { ValueOf } from '../data/client.ts';

export type AuditEvent = ValueOf<'listAuditEvents'>['items'][number];
export type AuditAction = Exclude<AuditEvent['action'], UnknownValue>;
/** The actions on assets. Each kind of asset has the same three. */
export type AssetAction = Extract<AuditAction, `${AssetKind}_${'created' | 'changed' | 'deleted'}`>;
