import { shellTexts } from '../shell/texts.ts';
import { assetKindNames, assetKinds, byKind, capitalized, settingsKindNames } from '../../../../shared/asset-kinds.ts';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { actionPhrases } from '../../../../shared/roles/refusal.ts';
import { andList } from '../parts/format.ts';

export const meTexts = {
  me: shellTexts.me,
  leave: 'Leave the organization',

  account: 'My account',
  name: 'Name',
  nameText: 'What others see, in every organization you belong to.',
  save: 'Save name',
  saved: (name: string) => `Your name is ${name} now.`,
  email: 'E-mail address',
  roles: (organization: string) => `Roles in ${organization}`,

  rights: (organization: string) => `What I may do in ${organization}`,
  right: 'Right',
  where: 'Where',
  anywhere: 'The whole organization',
  scope: (pool: string) => `${pool} and all below it`,
  below: (pool: string) => `Below ${pool}`,
  own: (pool: string) => `What I own in ${pool} and below it`,

  invites: 'Invites to me',
  invitesText: 'From any organization, also when the mail is lost.',
  noInvites: 'No invite is waiting.',
  message: 'Message',
  invitedBy: 'Invited by',
  organizationCreated: 'Organization created',
  namesake: (organization: string) =>
    `You already belong to another organization named ${organization}. This is a different one: check who invites you.`,
  expires: 'Expires',
  accept: 'Accept',
  acceptOf: (organization: string) => `Accept the invite to ${organization}`,
  accepted: (organization: string) => `You belong to ${organization} now.`,
  goTo: (organization: string) => `Go to ${organization}`,
  decline: 'Decline',
  declineOf: (organization: string) => `Decline the invite to ${organization}`,
  declineText: (inviter: string) => `If you change your mind, ${inviter} has to invite you again.`,
  declined: (organization: string) => `The invite to ${organization} is declined.`,
};

/** Actions as rights that one holds. */
export const rightNames: Record<Action, string> = {
  read: `Read ${andList(['users', 'invites', ...assetKindNames.map((kind) => assetKinds[kind].plural)])}`,
  read_audit_log: 'Read the audit log',
  change_settings: 'Change the settings',
  invite_users: 'Invite users; resend, change and revoke invites',
  change_roles: 'Change roles',
  remove_users: 'Delete and restore users',
  manage_service_accounts: 'Manage service accounts',
  check_permissions: 'Check what other users may do',
  create_pool: 'Create pools',
  edit_pool: 'Rename pools, set their limits and default owners',
  move_pool: 'Move pools, from and to',
  delete_pool: 'Delete pools',
  ...byKind(settingsKindNames, (kind) => {
    const { action } = assetKinds[kind];
    return [action, capitalized(actionPhrases[action])];
  }),
  manage_resources: 'Add, delete and move resources, set their owners and costs',
  edit_resource: 'Change the names and tags of resources',
  leave_organization: 'Leave the organization',
};
