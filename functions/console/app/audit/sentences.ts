import type { AuditAction } from './audit-event.ts';

/**
 * What each kind of event says. In braces: `actor`; `target` and `second`, what it was done to; `targets`, when it was done to
 * many at once; else a text of the event's details.
 */
export const sentences: Record<AuditAction, string> = {
  organization_created: '{actor} created the organization.',
  settings_changed: '{actor} changed the settings of the organization.',
  pool_created: '{actor} created the pool {target}.',
  pool_changed: '{actor} changed the pool {target}.',
  pool_deleted: '{actor} deleted the pool {target}. Its resources are now in {second}.',
  resource_created: '{actor} added the resource {target}.',
  resource_changed: '{actor} changed the resource {target}.',
  resource_deleted: '{actor} deleted the resource {target}.',
  resources_ingested: '{actor} sent new data of {targets}.',
  policy_created: '{actor} created the policy {target}.',
  policy_changed: '{actor} changed the policy {target}.',
  policy_deleted: '{actor} deleted the policy {target}.',
  data_source_created: '{actor} connected the data source {target}.',
  data_source_changed: '{actor} changed the data source {target}.',
  data_source_deleted: '{actor} deleted the data source {target}.',
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
  roles_changed: '{actor} changed the roles of {target}.',
  user_renamed: '{actor} changed their name from “{before}” to “{after}”.',
  user_removed: '{actor} removed {target}. {second} took over everything.',
  user_left: '{actor} left the organization. {second} took over everything.',
  user_restored: '{actor} restored {target}, with what {second} had taken over.',
};
