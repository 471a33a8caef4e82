import { inviteExpiryDaysMax, inviteExpiryDaysMin } from '../../../../shared/limits.ts';

export const settingsTexts = {
  settings: 'Settings',
  organization: 'Organization',
  organizationText: 'How this organization is called, and how long its invites last.',
  name: 'Name',
  nameText: 'People see it in invites. The pool on top carries it too.',
  expiry: 'Days until an invite expires',
  expiryText: `For invites sent from now on. ${inviteExpiryDaysMin} to ${inviteExpiryDaysMax} days.`,
  id: 'Id of the organization',
  copy: 'Copy the id',
  copied: 'Copied',
  notCopied: 'The browser did not allow to copy it',
  saved: 'The settings are saved.',
  wholeDays: 'Enter a number of days.',
};
