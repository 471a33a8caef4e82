import { Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  bounceAlarmShare,
  complaintAlarmShare,
  overdueWorkAlarmSeconds,
  sendRetryMinutesMax,
  sesReviewedBounceShare,
  sesReviewedComplaintShare,
  unsentMailAlarmSeconds,
} from '../shared/limits.ts';
import { fiveMinutes, oneHour, type Watched } from './metrics.ts';

interface AlarmText {
  name: string;
  /** What has happened, and where the runbook for it is. */
  means: string;
  metric: IMetric;
  /** The number of most recent periods that are looked at, and how many of them have to be bad: all, unless stated. */
  periods: number;
  badPeriods?: number;
}

/** `above`: no figures are good news. `below`: no figures are bad news. */
export type AlarmRow = AlarmText & ({ above: number } | { below: number });

/** What somebody has to look at. An alarm that nobody would act on is not here. */
export const alarmsOf = ({
  own,
  api,
  functions,
  throttledTable,
  refusedTokens,
  deadLetters,
  reputation,
}: Watched): AlarmRow[] => [
  {
    name: 'ServerErrors',
    means: 'The API answered with 5xx. Look for “fault” in the functions’ logs.',
    metric: api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
    above: 5,
    periods: 1,
  },
  {
    name: 'RefusedTokens',
    means: 'Many requests with a token that was not taken: an expired client, or somebody who tries tokens.',
    metric: refusedTokens,
    above: 500,
    periods: 1,
  },
  {
    name: 'WorkStalled',
    means: 'The mail worker has not finished a run: no mail goes out. Runbook: outbox stuck.',
    metric: own('WorkRuns'),
    below: 1,
    periods: 2,
  },
  {
    name: 'OutboxAge',
    means: `Something has been due for more than ${overdueWorkAlarmSeconds / 60} minutes: mails are late. Runbook: outbox stuck.`,
    metric: own('OldestDueWorkSeconds', Stats.MAXIMUM),
    above: overdueWorkAlarmSeconds,
    periods: 2,
  },
  {
    name: 'UnsentMails',
    means: `A mail has not been accepted by SES for more than ${unsentMailAlarmSeconds / 60} minutes. Runbook: outbox stuck.`,
    metric: own('OldestUnsentMailSeconds', Stats.MAXIMUM, oneHour),
    above: unsentMailAlarmSeconds,
    // A run counts only the mails that it tried, and a mail is tried once per hour at least. One hour more, so that there is no
    // hour without an attempt.
    periods: Math.ceil(sendRetryMinutesMax / oneHour.toMinutes()) + 1,
    badPeriods: 1,
  },
  {
    name: 'RejectedMails',
    means: 'SES refused mails for good. They are not tried again. Runbook: outbox stuck.',
    metric: own('MailsRejected', Stats.SUM, oneHour),
    above: 0,
    periods: 1,
  },
  {
    name: 'WorkFaults',
    means: 'Background work failed, or no mail can be sent because of a fault on our side. Runbook: outbox stuck.',
    metric: own('WorkFaults'),
    above: 0,
    periods: 1,
  },
  {
    name: 'MailEventsDeadLetters',
    means: 'Events of mails were not recorded: the fate of an invite is unknown. Runbook: dead letters.',
    metric: deadLetters.mailEvents,
    above: 0,
    periods: 1,
  },
  {
    name: 'WorkDeadLetters',
    means: 'The worker failed when it was woken. Nothing is lost if it works by now. Runbook: dead letters.',
    metric: deadLetters.work,
    above: 0,
    periods: 1,
  },
  {
    name: 'Bounces',
    means: `More than ${percent(bounceAlarmShare)} of mails bounce; SES reviews accounts from ${percent(sesReviewedBounceShare)}. Runbook: bounces.`,
    metric: reputation.bounces,
    above: bounceAlarmShare,
    periods: 1,
  },
  {
    name: 'Complaints',
    means: `More than ${percent(complaintAlarmShare)} of mails are called spam; SES reviews accounts from ${percent(sesReviewedComplaintShare)}. Runbook: bounces.`,
    metric: reputation.complaints,
    above: complaintAlarmShare,
    periods: 1,
  },
  {
    name: 'ThrottledTable',
    means: 'DynamoDB refused requests for being too many: one partition is too hot, or the table’s limit is reached.',
    metric: throttledTable,
    above: 20,
    periods: 2,
  },
  ...[...functions].map(([name, handler]) => ({
    name: `Throttled-${name}`,
    means: `Lambda refused to run ${name}: the account’s concurrency is used up. Ask AWS for more.`,
    metric: handler.metricThrottles({ period: fiveMinutes, statistic: Stats.SUM }),
    above: 0,
    periods: 2,
  })),
];

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;
