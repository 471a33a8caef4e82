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

/** SES's events, by way of EventBridge; and those that were not taken then, handed over again by the queue that kept them. */
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

/** What is no event of an invite's mail is passed over. */
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

/** Each by itself: what fails again stays in the queue, and what nobody understands too. */
const recordAgain = async (deadLetters: DeadLetter[]): Promise<SQSBatchResponse> => {
  const failed: string[] = [];
  for (const letter of deadLetters) {
    try {
      const event = eventOf(letter);
      if (!isMailEvent(event)) throw new TypeError('No event of a mail');
      await record(event);
    } catch (error) {
      failed.push(letter.messageId);
      // Not what it says: that may be part of the letter, and has addresses in it.
      logger.error('dead letter failed', {
        messageId: letter.messageId,
        fault: error instanceof Error ? error.name : 'unknown',
      });
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
