import { assetKindNames, assetKinds, singularOf } from '../../../../shared/asset-kinds.ts';
import type { AssetAction, AuditAction } from './audit-event.ts';

const assetSentences = Object.fromEntries(
  assetKindNames.flatMap((kind): [AssetAction, string][] => [
    [`${kind}_created`, `{actor} ${assetKinds[kind].creation} the ${singularOf(kind)} {target}.`],
    [`${kind}_changed`, `{actor} changed the ${singularOf(kind)} {target}.`],
    [`${kind}_deleted`, `{actor} deleted the ${singularOf(kind)} {target}.`],
  ]),
) as Record<AssetAction, string>;

/**
 * What each kind of event says. In braces: `actor`; `target` and `second`, what it was done to; `targets`, when it was done to
 * many at once; else a text of the event's details.
 */
export const sentences: Record<AuditAction, string> = {
  organization_created: '{actor} created the organization.',
  settings_changed: '{actor} changed the settings of the organization.',
  ...assetSentences,
  pool_deleted: '{actor} deleted the pool {target}. Its resources are now in {second}.',
  resources_ingested: '{actor} sent new data of {targets}.',
  service_account_created: '{actor} created the service account {target}.',
  service_account_roles_changed: '{actor} changed the roles of the service account {target}.',
  service_account_removed: '{actor} removed the service account {target}.',
  invites_created: '{actor} invited {targets}.',
  invite_resent: '{actor} sent the invite to {target} again.',
  invite_changed: '{actor} changed the invite to {target}.',
  address_suppressed: '{email} gets no more mails: one bounced or was complained about.',
  mail_withheld: 'A mail was not sent: the data was restored from a backup, and it may have gone out before.',
  sending_resumed: 'An operator of Roster let the sending of mails go on.',
  suppression_lifted: 'An operator of Roster allowed mails to {email} again.',
  invite_revoked: '{actor} revoked the invite to {target}.',
  invite_declined: 'The invite to {target} was declined.',
  invite_accepted: '{actor} accepted the invite to {target}.',
  invite_expired: 'The invite to {target} expired.',
  invite_already_member: 'The invite to {target} ended because its recipient is a user already.',
  organization_blocked: 'The recipient of the invite to {target} blocked the organization.',
  block_lifted: 'The recipient of the invite to {target} allows invites of the organization again.',
  roles_changed: '{actor} changed the roles of {target}.',
  user_renamed: '{actor} changed their name from “{before}” to “{after}”.',
  user_removed: '{actor} removed {target}. {second} took over everything.',
  user_left: '{actor} left the organization. {second} took over everything.',
  user_restored: '{actor} restored {target}, with what {second} had taken over.',
  user_account_changed: 'The account of {target} in the user directory changed from “{before}” to “{after}”.',
  user_address_changed: 'The e-mail address of {target} changed from {before} to {after}.',
  user_address_conflict:
    'The account of {target} has the address {email}, which is invited or belongs to another user.',
  user_address_conflict_ended: 'The account of {target} no longer has an address that is taken.',
};
