import { capitalized } from '../../../../shared/asset-kinds.ts';
import { assetActionTexts } from './asset-action-texts.ts';
import type { AuditAction } from './audit-event.ts';

/** The name of each action in the filter and in exported files. */
export const actionNames: Record<AuditAction, string> = {
  organization_created: 'Organization created',
  settings_changed: 'Settings changed',
  ...assetActionTexts((noun, participle) => capitalized(`${noun} ${participle}`)),
  resources_ingested: 'Resource data received',
  service_account_created: 'Service account added',
  service_account_roles_changed: 'Service account roles changed',
  service_account_removed: 'Service account deleted',
  invites_created: 'Users invited',
  invite_resent: 'Invitation resent',
  invite_changed: 'Invitation changed',
  invite_revoked: 'Invitation revoked',
  invite_declined: 'Invitation declined',
  invite_accepted: 'Invitation accepted',
  invite_expired: 'Invitation expired',
  invite_already_member: 'Invitation ended: already a user',
  organization_blocked: 'Organization blocked by a recipient',
  block_lifted: 'Block lifted by a recipient',
  address_suppressed: 'Address suppressed',
  suppression_lifted: 'Suppression lifted',
  mail_withheld: 'Email withheld',
  mail_budget_raised: 'Email budget raised',
  sending_resumed: 'Sending resumed',
  roles_changed: 'User roles changed',
  user_renamed: 'User renamed',
  user_removed: 'User deleted',
  user_left: 'User left',
  user_restored: 'User restored',
  user_account_changed: 'User account changed',
  user_address_changed: 'User email address changed',
  user_address_conflict: 'User email address in conflict',
  user_address_conflict_ended: 'User email address no longer in conflict',
};
