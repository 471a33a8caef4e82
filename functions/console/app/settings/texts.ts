import { inviteExpiryDaysMax, inviteExpiryDaysMin } from '../../../../shared/limits.ts';

export const settingsTexts = {
  settings: 'Settings',
  organization: 'Organization',
  organizationText: 'The name of this organization, how long its invites are valid, and its currency.',
  name: 'Name',
  nameText: 'People see it in invites. The pool on top carries it too.',
  expiry: 'Days until an invite expires',
  expiryText: `For invites sent from now on. ${inviteExpiryDaysMin} to ${inviteExpiryDaysMax} days.`,
  currency: 'Currency',
  currencyText: 'The currency of all limits, budgets and costs. It can be changed until the first amount is entered.',
  currencyFixed:
    'The currency of all limits, budgets and costs. It cannot be changed, because amounts are not converted.',
  id: 'Id of the organization',
  copy: 'Copy the id',
  copied: 'Copied',
  notCopied: 'The browser did not allow to copy it',
  saved: 'The settings are saved.',
  wholeDays: 'Enter a number of days.',
};
