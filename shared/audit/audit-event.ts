import * as z from 'zod';
import type { Member } from '../actor.ts';
import { assetKindNames, type AssetKind } from '../asset-kinds.ts';
import { canaryExpiry } from '../canary-organization.ts';
import type { NameOf, Named } from '../named.ts';
import { openEnum } from '../open-enum.ts';
import type { Ids } from '../ports.ts';
import { indexEntry, keys, partitions } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';
import { labelWrite } from './audit-label.ts';

export type AssetAuditAction = `${AssetKind}_${'created' | 'changed' | 'deleted'}`;

const assetAuditActions = assetKindNames.flatMap((kind): AssetAuditAction[] => [
  `${kind}_created`,
  `${kind}_changed`,
  `${kind}_deleted`,
]);

export const auditActions = [
  'organization_created',
  'settings_changed',
  ...assetAuditActions,
  'resources_ingested',
  'service_account_created',
  'service_account_roles_changed',
  'service_account_removed',
  'invites_created',
  'invite_resent',
  'invite_changed',
  'address_suppressed',
  'mail_withheld',
  'sending_resumed',
  'mail_budget_raised',
  'suppression_lifted',
  'invite_revoked',
  'invite_declined',
  'invite_accepted',
  'invite_expired',
  'invite_already_member',
  'organization_blocked',
  'block_lifted',
  'roles_changed',
  'user_renamed',
  'user_removed',
  'user_left',
  'user_restored',
  'user_account_changed',
  'user_address_changed',
  'user_address_conflict',
  'user_address_conflict_ended',
] as const;
export type AuditAction = (typeof auditActions)[number];

const storedEvent = z.object({
  id: z.string(),
  at: z.string(),
  /** The user, service account or operators who acted; absent if nobody did, for example when an invite expires. */
  actorId: z.string().optional(),
  action: openEnum(auditActions),
  /** The ids of the affected objects. The first two are indexed, unless the action is one of `ofMany`. */
  targets: z.array(z.string()),
  requestId: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

export type AuditEvent = z.infer<typeof storedEvent>;

/** An event to write. Unlike a stored event, its action is always one that this version of Roster knows. */
export type NewAuditEvent = Pick<AuditEvent, 'id' | 'at' | 'requestId' | 'details'> & {
  organizationId: string;
  action: AuditAction;
  actor?: Named;
  targets: readonly Named[];
  /** Details that identify a person, such as an email address. They are stored in the label, where they can be erased. */
  personal?: Record<string, unknown>;
};

export const parseAuditEvent = (item: unknown): AuditEvent => storedEvent.parse(item);

/**
 * The writes of an audit event and of its label. Every change includes them in its transaction, so that no change goes unrecorded.
 * `nameOf` finds the names of ids in the details.
 */
export const audit = (
  { organizationId, actor, targets: named, personal, ...event }: NewAuditEvent,
  nameOf: NameOf = () => undefined,
): Write<never>[] => {
  const { id, action, details } = event;
  const targets = named.map((target) => target.id);
  const [first, second] = ofMany.has(action) ? [] : targets;
  const expiry = canaryExpiry(organizationId, event.at);
  return [
    put({
      ...keys.auditEvent(organizationId, id),
      ...event,
      ...expiry,
      targets,
      ...(actor && { actorId: actor.id, ...indexEntry('gsi1', partitions.auditByActor(organizationId, actor.id), id) }),
      ...(first !== undefined && indexEntry('gsi2', partitions.auditByTarget(organizationId, first), id)),
      ...(second !== undefined && indexEntry('gsi3', partitions.auditByTarget(organizationId, second), id)),
    }),
    labelWrite(organizationId, id, { actor, targets: named, details, personal, nameOf }, expiry),
  ];
};

/** Actions with one event for many targets. No index finds these events by target: each target's record stores the event's id. */
const ofMany: ReadonlySet<AuditAction> = new Set(['invites_created', 'resources_ingested']);

/** The audit event of a member's action, for the transaction of that action. */
export const auditBy = (
  { ids }: { ids: Ids },
  { organization, userId, name, requestId }: Member,
  at: string,
  action: AuditAction,
  targets: readonly Named[],
  details?: Record<string, unknown>,
  nameOf?: NameOf,
): Write<never>[] =>
  audit(
    {
      organizationId: organization.id,
      id: ids.next('evt'),
      at,
      actor: { id: userId, name },
      action,
      targets,
      requestId,
      ...(details && { details }),
    },
    nameOf,
  );
