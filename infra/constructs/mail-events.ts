import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';

interface MailEventsProps {
  configurationSet: ConfigurationSet;
  handler: Function;
}

/** What SES tells of the mails of one configuration set, to a function. */
export class MailEvents extends Construct {
  readonly deadLetters: Queue;
  readonly handler: Function;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { configurationSet, handler }: MailEventsProps) {
    super(scope, id);
    this.handler = handler;
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { reader: handler });
    this.rule = new Rule(this, 'Rule', {
      // The bus is the account's: other applications and stages send mails too.
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSet.configurationSetName] } } },
      },
    });
    this.rule.addTarget(new LambdaFunction(handler, { deadLetterQueue: this.deadLetters }));
    // The rule's dead letters are what Lambda never got; what the function failed at three times is Lambda's to keep.
    handler.configureAsyncInvoke({ onFailure: new SqsDestination(this.deadLetters) });
    // Off until an operator turns it on, to have the function try the dead letters again.
    handler.addEventSource(new SqsEventSource(this.deadLetters, { enabled: false, reportBatchItemFailures: true }));
    Validations.of(handler).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'It reads the dead letters themselves: what fails again stays among them.',
    });
  }
}
