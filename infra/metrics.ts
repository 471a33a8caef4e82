import { MathExpression, Metric, SearchExpression, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Duration, ReferenceStrength, Stack, type CfnRefElement } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { metricNamespace, type MetricName } from '../shared/platform/metrics.ts';
import { serviceOf } from './constructs/node-function.ts';
import type { ApiStack } from './stacks/api.ts';
import type { Stage } from './stages.ts';

export const fiveMinutes = Duration.minutes(5);
export const oneHour = Duration.hours(1);

/** The metrics of a stage. */
export interface Watched {
  stage: Stage;
  /** A metric that our functions publish. */
  own(name: MetricName, statistic?: string, period?: Duration): Metric;
  api: ApiStack['httpApi'];
  /** A metric of every function of the stage, one line each. For graphs only: an alarm cannot search. */
  ofEveryFunction(metricName: 'Errors' | 'Throttles'): IMetric;
  /** Throttled invocations of all functions in the account, because they share its concurrency. */
  throttledFunctions: Metric;
  /** Throttled requests to the table and its indexes, for every operation. */
  throttledTable: IMetric;
  /** Throttled sign-ins of people and machines, for every app client. */
  throttledSignIns: IMetric;
  /** Requests whose token the API refused. */
  refusedTokens: Metric;
  /** The number of messages in each dead-letter queue, by the kind of its events. */
  deadLetters: Record<'mailEvents' | 'work', Metric>;
  /**
   * Lost events: they failed, and putting them into a dead-letter queue failed too. `FailedInvocations` of the rules is not
   * included, because it also counts events that are in the queue.
   */
  lostEvents: IMetric;
  /** How long the last record of a batch waited in the table's stream until the worker received it, in milliseconds. */
  streamAge: Metric;
  /** The account's rates of bounces and of complaints, from 0 to 1. */
  reputation: Record<'bounces' | 'complaints', Metric>;
}

interface WatchProps {
  stage: Stage;
  table: TableV2;
  userPool: UserPool;
  api: ApiStack;
}

/** The metric filter of the access log is created next to the log. */
export const watch = ({ stage, table, userPool, api }: WatchProps): Watched => {
  const { mailEvents, workTriggers } = api;
  const waiting = (queue: ApiStack['mailEvents']['deadLetters']) =>
    queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM });
  const ofAccount = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, period: oneHour, statistic: Stats.MAXIMUM });
  const worker = weakly('FunctionName', workTriggers.worker);
  return {
    stage,
    own: (metricName, statistic = Stats.SUM, period = fiveMinutes) =>
      new Metric({
        namespace: metricNamespace,
        metricName,
        dimensionsMap: { service: serviceOf(stage) },
        period,
        statistic,
      }),
    api: api.httpApi,
    ofEveryFunction: (metricName) =>
      new SearchExpression({
        // The name of a function begins with the name of its stack, and a search matches single words of a name.
        expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="${metricName}" Roster ${stage.name}', 'Sum')`,
        label: '',
        period: fiveMinutes,
      }),
    throttledFunctions: Function.metricAllThrottles({ period: fiveMinutes, statistic: Stats.SUM }),
    throttledTable: totalOf('ThrottledRequests', 'AWS/DynamoDB', { TableName: table.tableName }),
    throttledSignIns: totalOf('SignInThrottles', 'AWS/Cognito', { UserPool: userPool.userPoolId }),
    refusedTokens: new MetricFilter(api.openStage, 'TokensCounted', {
      logGroup: api.openStage.accessLog,
      metricNamespace,
      metricName: `RefusedTokens-${Stack.of(api).stackName}`,
      filterPattern: FilterPattern.stringValue('$.status', '=', '401'),
    }).metric({ statistic: Stats.SUM, period: fiveMinutes }),
    deadLetters: { mailEvents: waiting(mailEvents.deadLetters), work: waiting(workTriggers.deadLetters) },
    lostEvents: sumOf([
      lambda('DestinationDeliveryFailures', worker),
      lambda('DestinationDeliveryFailures', weakly('FunctionName', mailEvents.handler)),
      ...[workTriggers.rule, mailEvents.rule].map((rule) =>
        awsSum('AWS/Events', 'InvocationsFailedToBeSentToDlq', weakly('RuleName', rule)),
      ),
    ]),
    streamAge: lambda('IteratorAge', worker).with({ statistic: Stats.MAXIMUM }),
    reputation: { bounces: ofAccount('Reputation.BounceRate'), complaints: ofAccount('Reputation.ComplaintRate') },
  };
};

/**
 * A dimension whose value is the name of a resource of another stack. The reference is weak, because CloudFormation would not let
 * that stack remove or rename a resource with a strong reference ("Export cannot be deleted as it is in use").
 */
const weakly = (dimension: string, { node }: Construct): Record<string, string> => ({
  [dimension]: Stack.consumeReference((node.defaultChild as CfnRefElement).ref, ReferenceStrength.WEAK),
});

const awsSum = (namespace: string, metricName: string, dimensionsMap: Record<string, string>): Metric =>
  new Metric({ namespace, metricName, dimensionsMap, period: fiveMinutes, statistic: Stats.SUM });

const lambda = (metricName: string, dimensionsMap: Record<string, string>): Metric =>
  awsSum('AWS/Lambda', metricName, dimensionsMap);

/** The sum of several metrics, where those without figures count as 0. An alarm is billed for each of them. */
const sumOf = (metrics: readonly Metric[]): MathExpression =>
  new MathExpression({
    expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    period: fiveMinutes,
  });

/**
 * The sum of a metric over all values of the other dimensions, such as every operation, index or app client, including those
 * that are added later. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html.
 */
const totalOf = (metricName: string, namespace: string, dimensions: Record<string, string>): MathExpression =>
  new MathExpression({
    expression: `SELECT SUM(${metricName}) FROM "${namespace}" WHERE ${Object.entries(dimensions)
      .map(([name, value]) => `${name} = '${value}'`)
      .join(' AND ')}`,
    period: fiveMinutes,
    label: metricName,
  });
