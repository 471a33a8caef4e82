import { formatNumber } from '../parts/format.ts';

const events = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'event' : 'events'}`;

export const auditTexts = {
  auditLog: 'Audit log',
  description: 'Every change in this organization, newest first.',
  columns: { at: 'When', atUtc: 'When (UTC)', sentence: 'What' },
  actor: 'Done by',
  anybody: 'Anybody',
  target: 'Done to a user',
  anyTarget: 'Anybody',
  targetId: 'Done to something else',
  targetIdHint: 'An id: pool_…, pol_…',
  action: 'Action',
  anyAction: 'Any action',
  findAction: 'Find an action',
  noAction: 'No such action',
  from: 'From',
  to: 'Until',
  dayFormat: 'YYYY-MM-DD',
  openCalendar: 'Choose a day',
  none: 'Nothing has happened yet',
  noneFound: 'No such event',
  clear: 'Clear filters',
  /** The actor of events that no person caused, such as an expiry or a bounced email. */
  nobody: 'Roster',
  /** Used for actions that only a newer version of Roster knows. */
  unknownEvent: '{actor} did this: {action}.',
  many: (count: number, kind: string) => `${formatNumber(count)} ${kind}`,
  people: 'people',
  resources: 'resources',

  details: 'Details',
  detailsOf: (at: string) => `of ${at}`,
  requestId: 'Request',
  targets: 'Done to',
  ids: 'Their ids',
  /** Used as in “was 3, now 7”. */
  was: 'was',
  now: ', now',
  nothing: 'nothing',

  exportCsv: 'Export CSV',
  exporting: (count: number) => `Exporting: ${events(count)} so far`,
  exported: (count: number) => `Exported ${events(count)}.`,
  exportFailed: 'The export failed',
};

/** Labels of the fields in event details, by the stored name of the field. */
export const detailTexts: Record<string, string> = {
  name: 'Name',
  inviteExpiryDays: 'Days until an invite expires',
  currency: 'Currency',
  parentId: 'Pool above',
  holderId: 'Owner',
  ownerId: 'Owner',
  monthlyLimit: 'Monthly limit',
  monthlyCost: 'Monthly cost',
  poolId: 'Pool',
  tags: 'Tags',
  roles: 'Roles',
  email: 'E-mail address',
  reason: 'Reason',
  type: 'Type',
  accountId: 'Account',
  clientId: 'Client',
  pendingInvites: 'Pending invites',
  serviceAccounts: 'Service accounts that keep their rights',
  metric: 'What is watched',
  thresholdPercent: 'Percent above the average',
  days: 'Days',
  maximum: 'Maximum',
  amount: 'Amount',
  expiresOn: 'Last day',
  requiredTag: 'Required tag',
  startsOn: 'From',
  filters: 'Only some resources',
};
