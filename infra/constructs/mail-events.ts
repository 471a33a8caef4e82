import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

interface MailEventsProps {
  configurationSet: ConfigurationSet;
  handler: Function;
}

/** What SES tells of the mails of one configuration set, to a function. What it could not take is kept for two weeks. */
export class MailEvents extends Construct {
  constructor(scope: Construct, id: string, { configurationSet, handler }: MailEventsProps) {
    super(scope, id);
    const deadLetters = new Queue(this, 'DeadLetters', { retentionPeriod: Duration.days(14), enforceSSL: true });
    const rule = new Rule(this, 'Rule', {
      // The bus is the account's: other applications and stages send mails too.
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSet.configurationSetName] } } },
      },
    });
    rule.addTarget(new LambdaFunction(handler, { deadLetterQueue: deadLetters }));
    // The rule's dead letters are what Lambda never got; what the function failed at three times is Lambda's to keep.
    handler.configureAsyncInvoke({ onFailure: new SqsDestination(deadLetters) });
  }
}
