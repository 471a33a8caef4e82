import type { ErrorCode } from '../../../../shared/errors.ts';

/** Texts that every screen may use. */
export const shellTexts = {
  product: 'Roster',
  navigation: 'Pages',
  settings: 'Settings',
  account: 'Account',
  signOut: 'Sign out',
  dark: 'Dark mode',
  light: 'Light mode',
  organizations: 'Organizations',
  organization: 'this organization',
  me: 'My roles and invitations',
  currentOrganization: 'current',
  more: 'More',
  back: 'Back',
  allMenu: 'All',

  sessionEnded: 'Your session has ended',
  sessionEndedText:
    'Sign in again to continue. You will return to this page, and this browser keeps what you have entered.',
  signInTooOld: 'Sign in again',
  signInTooOldText:
    'This organization asks people to sign in again from time to time. You will return to this page, and this browser keeps what you have entered.',
  signInAgain: 'Sign in again',
  signInFailed: 'Sign-in failed',
  signInFailedText:
    'The link back from the sign-in page was incomplete or had already been used. Please sign in again.',

  loading: 'Loading',
  tryAgain: 'Try again',
  noAnswer: 'The service is not responding. Check your connection and try again.',
  offlineNow: 'You are offline. Try again when you are back online.',
  busy: 'Roster is busy right now.',
  nothingChanged: 'Nothing was changed.',
  tryAgainSoon: 'Try again in a moment.',
  unknownOutcome: 'Your change may or may not have been saved',
  connectionLost: 'The connection was lost before Roster could confirm your change.',
  broke: 'Something went wrong on our side while Roster was saving your change.',
  unconfirmed: 'Check whether it was saved before you try again.',
  check: 'Check',
  checked: 'This page is up to date. If your change is missing, try again. What you entered has been kept.',
  checkFailed: 'The page could not be read again. Try again when you are online.',
  newVersion: 'A new version of Roster is available. Reload to use it; what you have entered is kept.',
  failed: 'Something went wrong',
  loadFailed: 'This page could not be loaded',
  offline: 'You are offline',
  offlineText: 'This page may be out of date, and you cannot save changes until you are back online.',
  broken: 'Something went wrong on our side',
  brokenText: 'Your data is safe. Reload the page to continue.',
  reload: 'Reload',
  notFound: 'Page not found',
  notFoundText: 'The link may be mistyped, or the page may have moved.',
  home: 'Go to the home page',
  noPermission: 'You do not have access to this page',

  noOrganization: 'You do not belong to an organization yet',
  noOrganizationText:
    'Accept an invitation, below or with the link in its email, or create an organization and become its organization manager.',
  notYours: 'This organization does not exist, or you do not belong to it',
  organizationName: 'Organization name',
  currency: 'Currency',
  currencyText: 'The currency of all limits, budgets and costs. It can be changed until the first amount is entered.',
  createOrganization: 'Create organization',
  createOrganizationText: 'You will be its organization manager.',

  stale: 'Somebody else has changed this',
  staleText: 'Reload to get the latest version. Your entries stay, and saving again overwrites the other changes.',
  reloadAndKeep: 'Reload and keep my changes',
  reference: (requestId: string) => `Support reference: ${requestId}`,

  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
};

const fault = 'Something went wrong on our side. Try again.';

/** Texts for errors whose API texts do not suit a screen. For all other errors, the screen shows the API's text. */
export const problemTexts: Partial<Record<ErrorCode, string>> = {
  stale_version: shellTexts.stale,
  conflict: 'Too many changes were made at once. Try again in a moment.',
  unavailable: fault,
  fault,
  too_many_requests: 'Too many requests. Wait a minute, then try again.',
  already_removed: 'Somebody else has already deleted this user and chosen another successor.',
  last_organization_manager:
    'An organization needs at least one organization manager. Make somebody else an organization manager first.',
};
