import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AwsStage } from './aws-stage.ts';

/** The output of the Api stack that has the queue's URL, by the name of the queue in commands. */
const outputNames = { mail_events: 'MailEventsDeadLetters', work: 'WorkDeadLetters' };

export type DeadLetterQueue = keyof typeof outputNames;

export const deadLetterQueues = Object.keys(outputNames) as DeadLetterQueue[];

/**
 * Seconds until SQS has deleted purged messages, and until its number of messages is exact. (SQS API Reference: PurgeQueue, "takes
 * up to 60 seconds"; GetQueueAttributes, "may not achieve consistency until at least 1 minute after the producers stop".)
 */
export const countSettlesSeconds = 60;

export interface DeadLetters {
  sqs: SQSClient;
  url: string;
  arn: string;
  visibilitySeconds: number;
  /** Messages that wait, and messages that a function has received and not deleted. An approximation of SQS. */
  count(): Promise<number>;
}

export const openDeadLetters = async (aws: AwsStage, queue: DeadLetterQueue): Promise<DeadLetters> => {
  const sqs = new SQSClient(aws.client);
  const url = await aws.output('Api', outputNames[queue]);
  const attributes = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))).Attributes ?? {};
  const { QueueArn = '', VisibilityTimeout } = await attributes();
  return {
    sqs,
    url,
    arn: QueueArn,
    visibilitySeconds: Number(VisibilityTimeout),
    count: async () => {
      const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = await attributes();
      return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
    },
  };
};
