import type { ErrorCode } from '../../../../shared/errors.ts';

/** What every screen may say. */
export const shellTexts = {
  product: 'Roster',
  navigation: 'Pages',
  topBar: 'Top bar',
  settings: 'Settings',
  account: 'Account',
  signOut: 'Sign out',
  dark: 'Dark mode',
  light: 'Light mode',
  organizations: 'Organizations',
  organization: 'this organization',
  me: 'My roles and invites',
  currentOrganization: 'current',
  menu: 'Menu',
  more: 'More',
  back: 'Back',
  allMenu: 'All',

  sessionEnded: 'Your session has ended',
  sessionEndedText:
    'Sign in again to go on. Afterwards you are back on this page; what you typed here and did not save is not kept.',
  signInAgain: 'Sign in again',
  signInFailed: 'The sign-in did not work',
  signInFailedText: 'The way back from the sign-in page was cut or used twice. Nothing is lost: sign in again.',

  loading: 'Loading',
  tryAgain: 'Try again',
  noAnswer: 'The service does not answer. Check your connection, then try again.',
  failed: 'That did not work',
  loadFailed: 'This could not be loaded',
  offline: 'You are offline',
  offlineText: 'What you see may be old, and changes cannot be saved until the connection is back.',
  broken: 'This page has broken',
  brokenText: 'A fault of ours. Your data is safe: load the page again.',
  reload: 'Load again',
  notFound: 'There is no such page',
  notFoundText: 'The address may be mistyped, or the page may have moved.',
  home: 'To the first page',
  noPermission: 'You cannot see this',

  noOrganization: 'You belong to no organization yet',
  noOrganizationText:
    'Accept an invite, below or by the link in its mail, or create an organization: you become its organization manager.',
  notYours: 'There is no such organization, or you are not in it',
  organizationName: 'Name of the organization',
  currency: 'Currency',
  currencyText: 'The currency of all limits, budgets and costs. It can be changed until the first amount is entered.',
  createOrganization: 'Create organization',

  stale: 'Somebody changed this meanwhile',
  staleText: 'Load what is there now: what you entered stays, and saving again replaces it.',
  reloadAndKeep: 'Reload and keep my changes',
  reference: (requestId: string) => `Reference for support: ${requestId}`,

  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
};

/** Refusals in words that fit a screen better than the API's own; all others are shown as the API tells them. */
export const problemTexts: Partial<Record<ErrorCode, string>> = {
  stale_version: shellTexts.stale,
  conflict: 'Too many changes at once. Try again in a moment.',
  unavailable: shellTexts.noAnswer,
  fault: 'A fault of ours. Try again; nothing was half done.',
  too_many_requests: 'Too many requests. Wait a minute, then try again.',
  already_removed: 'Somebody deleted this user meanwhile, and named another successor.',
  last_organization_manager:
    'An organization keeps at least one organization manager: give somebody else that role first.',
};
