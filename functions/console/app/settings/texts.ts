import { inviteExpiryDaysMax, inviteExpiryDaysMin } from '../../../../shared/limits.ts';

export const settingsTexts = {
  settings: 'Settings',
  organization: 'Organization',
  organizationText: 'The organization’s name and currency, and how long its invitations stay valid.',
  name: 'Name',
  nameText: 'Shown in invitations, and as the name of the root pool.',
  expiry: 'Days until an invitation expires',
  expiryText: `${inviteExpiryDaysMin} to ${inviteExpiryDaysMax} days. Applies to new invitations.`,
  currency: 'Currency',
  currencyText: 'The currency of all limits, budgets and costs. It can be changed until the first amount is entered.',
  currencyFixed:
    'The currency of all limits, budgets and costs. It cannot be changed, because amounts are not converted.',
  id: 'Organization ID',
  copy: 'Copy the ID',
  copied: 'Copied',
  notCopied: 'The browser did not allow copying',
  saved: 'Saved the settings.',
  wholeDays: 'Enter a number of days.',
};
