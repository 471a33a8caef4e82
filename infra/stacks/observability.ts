import { Alarm, ComparisonOperator, Dashboard, GraphWidget, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnOutput, Stack, Validations, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { alarmsOf, type AlarmRow } from '../alarms.ts';
import { graphsOf } from '../graphs.ts';
import type { NodeFunction } from '../constructs/node-function.ts';
import { watch } from '../metrics.ts';
import type { Stage } from '../stages.ts';
import type { ApiStack } from './api.ts';

interface ObservabilityStackProps extends StackProps {
  stage: Stage;
  table: TableV2;
  api: ApiStack;
  console: NodeFunction;
}

/** What an operator is woken for, and what they look at then. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { stage, table, api, console, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const watched = watch(this, { stage, table, api, console });
    const topic = new Topic(this, 'Alarms', { displayName: `Roster ${stage.name}`, enforceSSL: true });
    // The policy that `enforceSSL` creates replaces the default one, which lets the account's own alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': this.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
          StringEquals: { 'aws:SourceAccount': this.account },
        },
      }),
    );
    if (stage.alarmAddress) topic.addSubscription(new EmailSubscription(stage.alarmAddress));
    Validations.of(this).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'SNS mails alarms itself; one that does not arrive still shows on the dashboard.',
    });
    for (const row of alarmsOf(watched)) this.raise(row, stage).addAlarmAction(new SnsAction(topic));

    new Dashboard(this, 'Dashboard', {
      dashboardName: `Roster-${stage.name}`,
      widgets: [graphsOf(watched).map(({ title, metrics }) => new GraphWidget({ title, left: metrics, width: 12 }))],
    });
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
  }

  private raise(row: AlarmRow, stage: Stage): Alarm {
    const { name, means, metric, periods, badPeriods = periods } = row;
    const raised =
      'above' in row
        ? {
            threshold: row.above,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }
        : {
            threshold: row.below,
            comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.BREACHING,
          };
    return new Alarm(this, name, {
      alarmName: `Roster-${stage.name}-${name}`,
      alarmDescription: means,
      metric,
      evaluationPeriods: periods,
      datapointsToAlarm: badPeriods,
      ...raised,
    });
  }
}
