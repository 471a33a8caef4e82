import { assetActionTexts } from './asset-action-texts.ts';
import type { AuditAction } from './audit-event.ts';

/**
 * The sentence for each action. The placeholders in braces are `actor`; `target` and `second`, the first two objects that the action
 * affected; `targets`, for actions that affect several objects; and otherwise the name of a field of the event’s details.
 */
export const sentences: Record<AuditAction, string> = {
  organization_created: '{actor} created the organization.',
  settings_changed: '{actor} changed the organization settings.',
  ...assetActionTexts((noun, participle) => `{actor} ${participle} the ${noun} {target}.`),
  pool_deleted: '{actor} deleted the pool {target}. Its resources are now in {second}.',
  resources_ingested: '{actor} sent new data for {targets}.',
  service_account_created: '{actor} created the service account {target}.',
  service_account_roles_changed: '{actor} changed the roles of the service account {target}.',
  service_account_removed: '{actor} deleted the service account {target}.',
  invites_created: '{actor} invited {targets}.',
  invite_resent: '{actor} resent the invitation to {target}.',
  invite_changed: '{actor} changed the invitation to {target}.',
  address_suppressed: 'No more emails are sent to {email}, because one bounced or was reported as unwanted.',
  mail_withheld:
    'An email was not sent because the data was restored from a backup and the email may already have gone out.',
  mail_budget_raised: 'A Roster operator set the daily budget to at least {emailsPerDay} invitation emails.',
  sending_resumed: 'A Roster operator resumed the sending of emails.',
  suppression_lifted: 'A Roster operator allowed emails to {email} again.',
  invite_revoked: '{actor} revoked the invitation to {target}.',
  invite_declined: 'The invitation to {target} was declined.',
  invite_accepted: '{actor} accepted the invitation to {target}.',
  invite_expired: 'The invitation to {target} expired.',
  invite_already_member: 'The invitation to {target} ended because the recipient is already a user.',
  organization_blocked: 'The recipient of the invitation to {target} blocked the organization.',
  block_lifted: 'The recipient of the invitation to {target} unblocked the organization.',
  roles_changed: '{actor} changed the roles of {target}.',
  user_renamed: '{actor} changed their name from “{before}” to “{after}”.',
  user_removed: '{actor} deleted {target}. {second} took over everything.',
  user_left: '{actor} left the organization. {second} took over everything.',
  user_restored: '{actor} restored {target}, with everything {second} had taken over.',
  user_account_changed: 'The account of {target} in the user directory changed from “{before}” to “{after}”.',
  user_address_changed: 'The email address of {target} changed from {before} to {after}.',
  user_address_conflict:
    'The account of {target} has the address {email}, which is already taken or not allowed in the organization.',
  user_address_conflict_ended: 'The account of {target} no longer has an address that is taken or not allowed.',
};
