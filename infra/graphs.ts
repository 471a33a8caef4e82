import { Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../shared/platform/metrics.ts';
import { fiveMinutes, type Watched } from './metrics.ts';

interface Graph {
  title: string;
  metrics: IMetric[];
}

/** The graphs of the dashboard, from the business level down to the infrastructure. */
export const graphsOf = (watched: Watched): Graph[] => {
  const { own, api, refusedTokens, deadLetters, reputation } = watched;
  const counts = (...names: MetricName[]) => names.map((name) => own(name));
  const sum = { period: fiveMinutes, statistic: Stats.SUM };
  return [
    { title: 'Invites', metrics: counts('InvitesCreated', 'InvitesAccepted', 'InvitesDelivered') },
    {
      title: 'Mails',
      metrics: counts('MailsSent', 'MailsFailed', 'MailsRejected', 'InvitesBounced', 'InvitesComplained'),
    },
    { title: 'People', metrics: counts('Removals', 'Restores', 'RefusedCalls', 'LimitedCalls', 'UnchargedCalls') },
    {
      title: 'Oldest due work, and oldest mail not sent (seconds)',
      metrics: [own('OldestDueWorkSeconds', Stats.MAXIMUM), own('OldestUnsentMailSeconds', Stats.MAXIMUM)],
    },
    { title: 'Worker and canary', metrics: counts('WorkRuns', 'WorkFaults', 'CanaryPasses') },
    { title: 'SES quota used (percent)', metrics: [own('MailQuotaPercent', Stats.MAXIMUM)] },
    {
      title: 'Answers of the API',
      metrics: [api.metricCount(sum), api.metricClientError(sum), api.metricServerError(sum), refusedTokens],
    },
    {
      title: 'Time of the API (milliseconds)',
      metrics: ['p50', 'p95', 'p99'].map((statistic) => api.metricLatency({ period: fiveMinutes, statistic })),
    },
    { title: 'Errors of functions', metrics: [watched.ofEveryFunction('Errors')] },
    { title: 'Throttled functions', metrics: [watched.ofEveryFunction('Throttles')] },
    { title: 'Throttled table', metrics: [watched.throttledTable] },
    { title: 'Throttled sign-ins', metrics: [watched.throttledSignIns] },
    { title: 'Dead letters', metrics: Object.values(deadLetters) },
    { title: 'Reputation at SES', metrics: Object.values(reputation) },
  ];
};
