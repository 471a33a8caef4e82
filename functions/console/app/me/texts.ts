import { shellTexts } from '../shell/texts.ts';
import { assetKindNames, assetKinds, byKind, capitalized, settingsKindNames } from '../../../../shared/asset-kinds.ts';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { actionPhrases } from '../../../../shared/roles/refusal.ts';
import type { UnknownValue } from '../../../../shared/open-enum.ts';
import type { ValueOf } from '../data/client.ts';
import { andList } from '../parts/format.ts';

export const meTexts = {
  me: shellTexts.me,
  leave: 'Leave the organization',

  account: 'My account',
  name: 'Name',
  nameText: 'Shown to other people in all your organizations.',
  save: 'Save name',
  saved: (name: string) => `Your name is now ${name}.`,
  email: 'Email address',
  roles: (organization: string) => `Roles in ${organization}`,

  rights: (organization: string) => `My permissions in ${organization}`,
  right: 'Permission',
  where: 'Where',
  anywhere: 'The whole organization',
  scope: (pool: string) => `${pool} and its sub-pools`,
  below: (pool: string) => `Sub-pools of ${pool}`,
  own: (pool: string) => `My resources in ${pool} and its sub-pools`,

  notifications: 'My email notifications',
  notificationsText: 'These settings apply to all your organizations. Each change is saved immediately.',
  notificationsSaved: 'Your email notifications were changed.',
  notificationFixed: 'Always on, because it concerns your own access.',

  invites: 'My invitations',
  invitesText: 'Invitations from any organization, even if you have lost the email.',
  noInvites: 'You have no pending invitations.',
  message: 'Message',
  invitedBy: 'Invited by',
  organizationCreated: 'Organization created',
  namesake: (organization: string) =>
    `You already belong to another organization named ${organization}. This is a different one, so check who invited you.`,
  expires: 'Expires',
  domainNotAllowed: (organization: string) =>
    `You cannot accept this invitation at the moment, because ${organization} does not allow email addresses of your domain. Ask the person who invited you to use another address.`,
  accept: 'Accept',
  acceptOf: (organization: string) => `Accept the invitation to ${organization}`,
  accepted: (organization: string) => `You have joined ${organization}.`,
  goTo: (organization: string) => `Go to ${organization}`,
  decline: 'Decline',
  declineOf: (organization: string) => `Decline the invitation to ${organization}`,
  declineText: (inviter: string) => `If you change your mind, ${inviter} will have to invite you again.`,
  declined: (organization: string) => `Declined the invitation to ${organization}.`,
};

type NotificationKind = Exclude<ValueOf<'getNotifications'>['kinds'][number]['kind'], UnknownValue>;

/** The name of each kind of email. */
export const notificationNames: Record<NotificationKind, string> = {
  account_made: 'An account was created with my address',
  roles_changed: 'My roles changed',
  assets_taken_over: 'I took over what somebody owned',
  removed: 'I was removed from an organization',
  restored: 'My access was restored',
  assets_given_back: 'Somebody from whom I took over is back',
  new_invite_requested: 'Somebody requested a new invitation',
  address_changed: 'My email address changed',
  address_conflict: 'A user’s new email address is already taken',
  address_not_allowed: 'A user’s new email address is not allowed',
};

/** The name of each action in a list of permissions. */
export const rightNames: Record<Action, string> = {
  read: `View ${andList(['users', 'invitations', ...assetKindNames.map((kind) => assetKinds[kind].plural)])}`,
  read_audit_log: 'View the audit log',
  change_settings: 'Change the settings',
  invite_users: 'Invite users; resend, change and revoke invitations',
  change_roles: 'Change roles',
  remove_users: 'Delete and restore users',
  manage_service_accounts: 'Manage service accounts',
  check_permissions: 'Check what other users may do',
  create_pool: 'Create pools',
  edit_pool: 'Rename pools and set their limits and default owners',
  move_pool: 'Move pools',
  delete_pool: 'Delete pools',
  ...byKind(settingsKindNames, (kind) => {
    const { action } = assetKinds[kind];
    return [action, capitalized(actionPhrases[action])];
  }),
  manage_resources: 'Add, delete and move resources; set their owners and costs',
  edit_resource: 'Edit the names and tags of resources',
  leave_organization: 'Leave the organization',
};
