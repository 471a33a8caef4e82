import { randomUUID } from 'node:crypto';
import { parseDeliveryEvent } from '../../shared/invites/delivery-event.ts';
import { recordDelivery } from '../../shared/invites/record-delivery.ts';
import { readEnvironment } from '../adapters/environment.ts';
import { requestServices } from '../adapters/services.ts';
import { logger } from '../http/log.ts';

const servicesFor = requestServices(readEnvironment());

/** SES's events, by way of EventBridge; what is no event of an invite's mail is passed over. */
export const handler = async (event: unknown): Promise<void> => {
  const delivery = parseDeliveryEvent(event);
  if (!delivery) return;
  const { organizationId, inviteId, outcome } = delivery;
  const requestId = randomUUID();
  await recordDelivery(servicesFor(organizationId), delivery, requestId);
  logger.info('delivery', { requestId, organizationId, inviteId, outcome });
};
