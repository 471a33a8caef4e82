import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** The topic that alarms of its region publish to, and that mails them to the stage's `alarmAddress`. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, { name, alarmAddress }: Stage) {
    super(scope, id, { displayName: `Roster ${name}`, enforceSSL: true });
    const { account } = Stack.of(this);
    // The policy that `enforceSSL` creates replaces the default one, which lets the account's own alarms publish.
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
          StringEquals: { 'aws:SourceAccount': account },
        },
      }),
    );
    if (alarmAddress) this.addSubscription(new EmailSubscription(alarmAddress));
    Validations.of(this).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'SNS mails alarms itself; one that does not arrive still shows on the dashboard.',
    });
  }
}
