import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  type ILambdaDeploymentConfig,
} from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { NodeFunction } from './node-function.ts';

interface GradualReleaseProps {
  stage: Stage;
  trafficShift: NonNullable<Stage['trafficShift']>;
  httpApi: HttpApi;
}

const shifts: Record<NonNullable<Stage['trafficShift']>, ILambdaDeploymentConfig> = {
  'tenth-for-5-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  'tenth-per-minute': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
};

/** If there are more responses than this with a status of 500 or above within a minute, the deployment is rolled back. */
const failuresMax = 5;

/**
 * Moves requests to a new version of a function step by step, and all of them back to the version before if the API fails in the
 * meantime, which also fails the deployment. Both versions run side by side: shared/open-enum.ts says what makes that safe.
 */
export class GradualRelease extends Construct {
  private readonly trafficShift: NonNullable<Stage['trafficShift']>;
  private readonly application: LambdaApplication;
  private readonly role: Role;
  private readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { stage, trafficShift, httpApi }: GradualReleaseProps) {
    super(scope, id);
    this.trafficShift = trafficShift;
    this.application = new LambdaApplication(this, 'Application');
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited')],
    });
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
      reason: 'The policy that AWS made for this: it shifts aliases, reads alarms and invokes no function but hooks.',
    });
    // It has no actions, because it only ends a deployment. The alarm ServerErrors notifies somebody.
    this.alarm = new Alarm(this, 'Failing', {
      alarmName: `Roster-${stage.name}-Release`,
      alarmDescription: 'The API fails while a new version is released. CodeDeploy moves the requests back by itself.',
      metric: httpApi.metricServerError({ period: Duration.minutes(1), statistic: Stats.SUM }),
      threshold: failuresMax,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Returns the alias that the API invokes instead of the function. */
  of(handler: NodeFunction): Alias {
    const alias = new Alias(this, handler.node.id, { aliasName: 'live', version: handler.currentVersion });
    new LambdaDeploymentGroup(this, `${handler.node.id}Shift`, {
      application: this.application,
      role: this.role,
      alias,
      deploymentConfig: shifts[this.trafficShift],
      alarms: [this.alarm],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    return alias;
  }
}
