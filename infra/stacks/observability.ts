import { Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { alarmsOf } from '../alarms.ts';
import { addBudget } from '../constructs/add-budget.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { raiseAlarms } from '../constructs/raise-alarms.ts';
import { graphsOf } from '../graphs.ts';
import { watch } from '../metrics.ts';
import type { Stage } from '../stages.ts';
import type { ApiStack } from './api.ts';

interface ObservabilityStackProps extends StackProps {
  stage: Stage;
  table: TableV2;
  userPool: UserPool;
  api: ApiStack;
}

/** The alarms that notify operators, and the dashboards and queries that they use then. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { stage, table, userPool, api, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const watched = watch({ stage, table, userPool, api });
    const topic = new AlarmTopic(this, 'Alarms', stage);
    raiseAlarms(this, stage, topic, alarmsOf(watched));

    new Dashboard(this, 'Dashboard', {
      dashboardName: `Roster-${stage.name}`,
      widgets: [graphsOf(watched).map(({ title, metrics }) => new GraphWidget({ title, left: metrics, width: 12 }))],
    });
    addBudget(this, stage);
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
  }
}
