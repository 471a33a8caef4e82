/** Where CloudWatch keeps what the functions count. */
export const metricNamespace = 'Roster';

export const metricNames = [
  'InvitesCreated',
  'MailsSent',
  'MailsFailed',
  'InvitesDelivered',
  'InvitesBounced',
  'InvitesComplained',
  'InvitesAccepted',
  'Removals',
  'Restores',
  'RefusedCalls',
  'Faults',
  'OldestDueWorkSeconds',
  'WorkRuns',
] as const;

export type MetricName = (typeof metricNames)[number];
