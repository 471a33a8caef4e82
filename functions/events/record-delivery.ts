import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse } from 'aws-lambda';
import { isCanary } from '../../shared/canary-organization.ts';
import type { DeliveryEvent } from '../../shared/invites/delivery-event.ts';
import { recordDelivery } from '../../shared/invites/record-delivery.ts';
import type { MetricName } from '../../shared/platform/metrics.ts';
import { readEnvironment } from '../adapters/environment.ts';
import { count, publishMetrics } from '../adapters/metrics.ts';
import { requestServices } from '../adapters/services.ts';
import { isMailEvent, parseDeliveryEvent } from '../adapters/ses-events.ts';
import { logger } from '../http/log.ts';
import { eventOf, parseDeadLetters, type DeadLetter } from './dead-letters.ts';

const servicesFor = requestServices(readEnvironment());

const metricOf: Partial<Record<DeliveryEvent['outcome'], MetricName>> = {
  delivered: 'InvitesDelivered',
  bounced: 'InvitesBounced',
  complained: 'InvitesComplained',
};

/** Records SES events from EventBridge, and those that failed before and return through the dead-letter queue. */
export const handler = async (event: unknown): Promise<SQSBatchResponse | undefined> => {
  const deadLetters = parseDeadLetters(event);
  try {
    if (deadLetters) return await recordAgain(deadLetters);
    await record(event);
    return undefined;
  } finally {
    publishMetrics();
  }
};

/** Ignores events that do not concern the email of an invite. */
const record = async (event: unknown): Promise<void> => {
  const delivery = parseDeliveryEvent(event);
  if (!delivery) return;
  const { organizationId, inviteId, outcome } = delivery;
  const requestId = randomUUID();
  const recorded = await recordDelivery(servicesFor(organizationId), delivery, requestId);
  const metric = metricOf[outcome];
  if (recorded && metric && !isCanary(organizationId)) count(metric);
  logger.info('delivery', { requestId, organizationId, inviteId, outcome });
};

/** Processes each letter separately. Letters that fail again, or that cannot be parsed, stay in the queue. */
const recordAgain = async (deadLetters: DeadLetter[]): Promise<SQSBatchResponse> => {
  const failed: string[] = [];
  for (const letter of deadLetters) {
    try {
      const event = eventOf(letter);
      if (!isMailEvent(event)) throw new TypeError('No event of a mail');
      await record(event);
    } catch (error) {
      failed.push(letter.messageId);
      // The error message is not logged, because it may quote the letter, which contains addresses.
      logger.error('dead letter failed', {
        messageId: letter.messageId,
        fault: error instanceof Error ? error.name : 'unknown',
      });
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
