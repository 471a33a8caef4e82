import { Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Operation, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { metricNamespace, type MetricName } from '../shared/platform/metrics.ts';
import { serviceOf, type NodeFunction } from './constructs/node-function.ts';
import type { ApiStack } from './stacks/api.ts';
import type { Stage } from './stages.ts';

export const fiveMinutes = Duration.minutes(5);
export const oneHour = Duration.hours(1);

/** Everything of a stage that is counted somewhere. */
export interface Watched {
  /** What our functions count. */
  own(name: MetricName, statistic?: string, period?: Duration): Metric;
  api: ApiStack['httpApi'];
  functions: Map<string, NodeFunction>;
  /** Requests that the table was too busy for. */
  throttledTable: IMetric;
  /** Requests whose token the API did not take. */
  refusedTokens: Metric;
  /** What waits in each queue of dead letters, by what it held. */
  deadLetters: Record<'mailEvents' | 'work', Metric>;
  /** How many of the account's mails bounce, or are complained of. From 0 to 1. */
  reputation: Record<'bounces' | 'complaints', Metric>;
}

interface WatchProps {
  stage: Stage;
  table: TableV2;
  api: ApiStack;
  console: NodeFunction;
}

/** Metric filters that this takes are made in `scope`. */
export const watch = (scope: Construct, { stage, table, api, console }: WatchProps): Watched => {
  const waiting = (queue: ApiStack['mailEvents']['deadLetters']) =>
    queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM });
  const ofAccount = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, period: oneHour, statistic: Stats.MAXIMUM });
  return {
    own: (metricName, statistic = Stats.SUM, period = fiveMinutes) =>
      new Metric({
        namespace: metricNamespace,
        metricName,
        dimensionsMap: { service: serviceOf(stage) },
        period,
        statistic,
      }),
    api: api.httpApi,
    functions: new Map([...api.functions, ['console', console]]),
    throttledTable: table.metricThrottledRequestsForOperations({
      operations: [Operation.TRANSACT_WRITE_ITEMS, Operation.GET_ITEM, Operation.QUERY, Operation.BATCH_GET_ITEM],
      period: fiveMinutes,
    }),
    refusedTokens: new MetricFilter(scope, 'TokensCounted', {
      logGroup: api.openStage.accessLog,
      metricNamespace,
      metricName: `RefusedTokens-${Stack.of(api).stackName}`,
      filterPattern: FilterPattern.stringValue('$.status', '=', '401'),
    }).metric({ statistic: Stats.SUM, period: fiveMinutes }),
    deadLetters: { mailEvents: waiting(api.mailEvents.deadLetters), work: waiting(api.workTriggers.deadLetters) },
    reputation: { bounces: ofAccount('Reputation.BounceRate'), complaints: ofAccount('Reputation.ComplaintRate') },
  };
};
