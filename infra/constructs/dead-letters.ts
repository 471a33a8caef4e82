import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { sqsRetentionDaysMax, sqsVisibilityTimeouts } from '../../shared/limits.ts';

/** The queue for events whose processing failed on every attempt. They are kept for the longest time that SQS allows. */
export class DeadLetters extends Queue {
  /** `reader` is the function that may process the events again. The visibility timeout prevents it from receiving one twice. */
  constructor(scope: Construct, id: string, { reader }: { reader: Function }) {
    super(scope, id, {
      retentionPeriod: Duration.days(sqsRetentionDaysMax),
      visibilityTimeout: Duration.seconds(sqsVisibilityTimeouts * (reader.timeout?.toSeconds() ?? 0)),
      enforceSSL: true,
    });
    const reason = 'It is the end of the line: what is in it waits for a person, whom an alarm calls.';
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
  }
}
