import { formatNumber } from '../parts/format.ts';

const events = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'event' : 'events'}`;

export const auditTexts = {
  auditLog: 'Audit log',
  description: 'Every change in this organization, newest first.',
  columns: { at: 'When', atUtc: 'When (UTC)', sentence: 'What' },
  actor: 'Changed by',
  anybody: 'Anyone',
  target: 'User affected',
  anyTarget: 'Any user',
  targetId: 'Other object affected',
  targetIdHint: 'ID, such as pool_… or pol_…',
  action: 'Action',
  anyAction: 'Any action',
  findAction: 'Find an action',
  noAction: 'No such action',
  from: 'From',
  to: 'Until',
  dayFormat: 'YYYY-MM-DD',
  openCalendar: 'Choose a day',
  none: 'No events yet',
  noneFound: 'No matching events',
  clear: 'Clear filters',
  /** The actor of events that no person caused, such as an expiry or a bounced email. */
  nobody: 'Roster',
  /** Used for actions that only a newer version of Roster knows. */
  unknownEvent: '{actor} performed an action: {action}.',
  many: (count: number, kind: string) => `${formatNumber(count)} ${kind}`,
  people: 'people',
  resources: 'resources',

  details: 'Details',
  detailsOf: (at: string) => `of ${at}`,
  requestId: 'Request',
  targets: 'Affected',
  ids: 'IDs',
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
  inviteExpiryDays: 'Days until an invitation expires',
  currency: 'Currency',
  parentId: 'Parent pool',
  holderId: 'Owner',
  ownerId: 'Owner',
  monthlyLimit: 'Monthly limit',
  monthlyCost: 'Monthly cost',
  poolId: 'Pool',
  tags: 'Tags',
  roles: 'Roles',
  email: 'Email address',
  reason: 'Reason',
  type: 'Type',
  accountId: 'Account',
  clientId: 'Client',
  pendingInvites: 'Pending invitations',
  serviceAccounts: 'Service accounts that keep working',
  metric: 'Metric',
  thresholdPercent: 'Percent above the average',
  days: 'Days',
  maximum: 'Maximum',
  amount: 'Amount',
  expiresOn: 'Last day',
  requiredTag: 'Required tag',
  startsOn: 'From',
  filters: 'Only some resources',
};
