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

/** Delivers the SES events of one configuration set to a function. */
export class MailEvents extends Construct {
  readonly deadLetters: Queue;
  readonly handler: Function;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { configurationSet, handler }: MailEventsProps) {
    super(scope, id);
    this.handler = handler;
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { reader: handler });
    this.rule = new Rule(this, 'Rule', {
      // All applications and stages of the account share this bus.
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSet.configurationSetName] } } },
      },
    });
    this.rule.addTarget(new LambdaFunction(handler, { deadLetterQueue: this.deadLetters }));
    // The rule's dead-letter queue gets only events that never reached Lambda. Lambda itself keeps events that failed three times.
    handler.configureAsyncInvoke({ onFailure: new SqsDestination(this.deadLetters) });
    // Disabled until an operator enables it to process the dead letters again.
    handler.addEventSource(new SqsEventSource(this.deadLetters, { enabled: false, reportBatchItemFailures: true }));
    Validations.of(handler).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'It reads the dead letters themselves: what fails again stays among them.',
    });
  }
}
