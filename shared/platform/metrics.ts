/** The CloudWatch namespace of the functions' metrics. */
export const metricNamespace = 'Roster';

interface Metric {
  /** The unit by its name in CloudWatch. */
  unit: 'Count' | 'Seconds' | 'Percent';
  means: string;
}

/** Every metric of the application. Dashboards and alarms use only these. They are totals, not per organization or person. */
export const metrics = {
  InvitesCreated: { unit: 'Count', means: 'Invites, of managers and of operators.' },
  InvitesAccepted: { unit: 'Count', means: 'Invites that made somebody a user.' },
  InvitesDelivered: { unit: 'Count', means: 'Invites whose mail reached the receiving server.' },
  InvitesBounced: { unit: 'Count', means: 'Invites whose mail came back.' },
  InvitesComplained: { unit: 'Count', means: 'Invites whose mail was reported as unwanted.' },
  MailsSent: { unit: 'Count', means: 'Mails that SES took.' },
  MailsFailed: { unit: 'Count', means: 'Tries of a mail that SES refused, put off, or left without an answer.' },
  MailsRejected: { unit: 'Count', means: 'Mails that SES refused for good. They are part of MailsFailed.' },
  MailQuotaPercent: { unit: 'Percent', means: 'How much of the mails that SES sends in 24 hours is used up.' },
  OldestUnsentMailSeconds: {
    unit: 'Seconds',
    means: 'Age of the oldest mail that a run tried to send and that still waits. Each is tried at least once an hour.',
  },
  Removals: { unit: 'Count', means: 'Users who were removed or left.' },
  Restores: { unit: 'Count', means: 'Users who were restored.' },
  RefusedCalls: { unit: 'Count', means: 'Requests that were answered 403.' },
  LimitedCalls: { unit: 'Count', means: 'Requests that were answered 429.' },
  UnchargedCalls: {
    unit: 'Count',
    means: 'Costly calls whose units could not be counted, and that were served anyway.',
  },
  Faults: { unit: 'Count', means: 'Requests that were answered 500 or above.' },
  WorkFaults: {
    unit: 'Count',
    means: 'Pieces of background work that failed, and mails not sent by a fault on our side.',
  },
  OldestDueWorkSeconds: { unit: 'Seconds', means: 'Age of the oldest due piece of work that a run left behind.' },
  WorkRuns: { unit: 'Count', means: 'Runs of the worker: at least one every other minute.' },
  CanaryPasses: { unit: 'Count', means: 'Runs of the canary in which every check passed.' },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

export const metricNames = Object.keys(metrics) as MetricName[];
