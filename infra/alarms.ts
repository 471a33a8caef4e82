import { Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  bounceAlarmShare,
  complaintAlarmShare,
  mailQuotaAlarmPercent,
  overdueWorkAlarmSeconds,
  sendRetryMinutesMax,
  sesReviewedBounceShare,
  sesReviewedComplaintShare,
  unsentMailAlarmSeconds,
  workIntervalSeconds,
} from '../shared/limits.ts';
import { fiveMinutes, oneHour, type Watched } from './metrics.ts';

interface AlarmText {
  name: string;
  /** What has happened, in a sentence. What to do is in the runbooks. */
  means: string;
  metric: IMetric;
  /** The number of most recent periods that are evaluated, and how many of them must be bad: all, unless stated. */
  periods: number;
  badPeriods?: number;
}

/** With `above`, missing data counts as good. With `below`, it counts as bad. */
export type AlarmRow = AlarmText & ({ above: number } | { below: number });

/** Alarms that require somebody to act. There are no others. */
export const alarmsOf = (watched: Watched): AlarmRow[] => {
  const { stage, own, api, deadLetters, reputation } = watched;
  return [
    {
      name: 'ServerErrors',
      means: 'The API responded with 5xx.',
      metric: api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
      above: 5,
      periods: 1,
    },
    {
      name: 'RefusedTokens',
      means: 'Many requests had an invalid token: an expired client, or somebody who tries tokens.',
      metric: watched.refusedTokens,
      above: 500,
      periods: 1,
    },
    {
      name: 'WorkStalled',
      means: 'The worker has not finished a run: no mail goes out.',
      metric: own('WorkRuns'),
      below: 1,
      periods: 2,
    },
    {
      name: 'WorkFaults',
      means: 'Background work failed, or a mail was not sent because of a fault on our side.',
      metric: own('WorkFaults'),
      above: 0,
      periods: 1,
    },
    ...(stage.canary
      ? [
          {
            name: 'Canary',
            means: 'The canary, which uses the product as its users do, has failed or not run for 15 minutes.',
            metric: own('CanaryPasses'),
            below: 1,
            periods: 3,
          },
        ]
      : []),
    {
      name: 'OutboxAge',
      means: `Work has been due for more than ${overdueWorkAlarmSeconds / 60} minutes: mails are late.`,
      metric: own('OldestDueWorkSeconds', Stats.MAXIMUM),
      above: overdueWorkAlarmSeconds,
      periods: 2,
    },
    {
      name: 'UnsentMails',
      means: `SES has not accepted a mail for more than ${unsentMailAlarmSeconds / 60} minutes.`,
      metric: own('OldestUnsentMailSeconds', Stats.MAXIMUM, oneHour),
      above: unsentMailAlarmSeconds,
      // A run reports only the emails that it tried. Each waiting email is tried at least once per hour, so the alarm looks back
      // one more hour, which contains at least one attempt for every waiting email.
      periods: Math.ceil(sendRetryMinutesMax / oneHour.toMinutes()) + 1,
      badPeriods: 1,
    },
    {
      name: 'RejectedMails',
      means: 'SES refused mails for good. They are not tried again.',
      metric: own('MailsRejected', Stats.SUM, oneHour),
      above: 0,
      periods: 1,
    },
    {
      name: 'MailQuota',
      means: `More than ${mailQuotaAlarmPercent} % of the mails are used up that SES sends in a day.`,
      metric: own('MailQuotaPercent', Stats.MAXIMUM),
      above: mailQuotaAlarmPercent,
      periods: 1,
    },
    {
      name: 'Bounces',
      means: `More than ${percent(bounceAlarmShare)} of mails bounce; SES reviews accounts from ${percent(sesReviewedBounceShare)}.`,
      metric: reputation.bounces,
      above: bounceAlarmShare,
      periods: 1,
    },
    {
      name: 'Complaints',
      means: `More than ${percent(complaintAlarmShare)} of mails are called spam; SES reviews accounts from ${percent(sesReviewedComplaintShare)}.`,
      metric: reputation.complaints,
      above: complaintAlarmShare,
      periods: 1,
    },
    {
      name: 'MailEventsDeadLetters',
      means: 'Events of mails were not recorded: the delivery of some invites is unknown.',
      metric: deadLetters.mailEvents,
      above: 0,
      periods: 1,
    },
    {
      name: 'WorkDeadLetters',
      means: 'The worker failed when it was woken. Nothing is lost if it works by now.',
      metric: deadLetters.work,
      above: 0,
      periods: 1,
    },
    {
      name: 'LostEvents',
      means: 'Events were neither processed nor kept as dead letters.',
      metric: watched.lostEvents,
      above: 0,
      periods: 1,
    },
    {
      name: 'StreamAge',
      means: 'The worker gets changes of the table later than by its schedule: mails wait for up to a minute.',
      metric: watched.streamAge,
      above: workIntervalSeconds * 1_000,
      periods: 2,
    },
    {
      name: 'ThrottledTable',
      means: 'DynamoDB refused requests: a partition is too hot, or a limit of the table or the account is reached.',
      metric: watched.throttledTable,
      above: 20,
      periods: 2,
    },
    {
      name: 'ThrottledFunctions',
      means: 'Lambda refused to run functions: the concurrency of the account is used up.',
      metric: watched.throttledFunctions,
      above: 0,
      periods: 2,
    },
    {
      name: 'ThrottledSignIns',
      means: 'Cognito refused sign-ins: its quota of requests per second is used up.',
      metric: watched.throttledSignIns,
      above: 0,
      periods: 1,
    },
  ];
};

interface WatchedEdge {
  /** The percentage of requests with a 5xx response. */
  errorPercent: IMetric;
  /** Requests that the firewall blocked. Empty without a firewall. */
  blockedRequests: readonly IMetric[];
}

/** The alarms of CloudFront and its firewall, whose metrics are in us-east-1. */
export const edgeAlarmsOf = ({ errorPercent, blockedRequests }: WatchedEdge): AlarmRow[] => [
  {
    name: 'EdgeErrors',
    means: 'CloudFront answered more than 5 % of requests with 5xx.',
    metric: errorPercent,
    above: 5,
    periods: 2,
  },
  ...blockedRequests.map((metric) => ({
    name: 'BlockedRequests',
    means: 'The firewall blocks many requests: an attack, or a rule that is wrong about our callers.',
    metric,
    above: 1_000,
    periods: 2,
  })),
];

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;
