import { audit } from '../audit/audit-event.ts';
import { isCanary } from '../canary-organization.ts';
import { reasonAttributes, reasonItem, reasonSentence } from '../mail/delivery-reason.ts';
import type { Services } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import { guard, update, type Changes, type Write } from '../table/write.ts';
import { isKnown } from '../open-enum.ts';
import { findInvite } from './find-invite.ts';
import type { DeliveryEvent } from './delivery-event.ts';
import { nextDue, type deliveries, type Invite } from './invite.ts';
import { countMails } from './mail-health.ts';
import { suppress, suppressionShown } from './suppression.ts';

type Delivery = (typeof deliveries)[number];

/** The deliveries that each outcome may replace. Events arrive in any order, so an event never replaces a worse outcome. */
const before: Record<DeliveryEvent['outcome'], readonly Delivery[]> = {
  sent: ['queued'],
  delayed: ['queued', 'sent'],
  delivered: ['queued', 'sent'],
  failed: ['queued', 'sent', 'delivered'],
  bounced: ['queued', 'sent', 'delivered', 'failed'],
  complained: ['queued', 'sent', 'delivered', 'failed', 'bounced'],
};

type RecordServices = Pick<Services, 'tenantTable' | 'clock' | 'ids'>;

/**
 * Records the delivery of an invite's email as reported by SES. A repeated event, an outdated one, or one of a replaced email
 * changes nothing. Returns whether anything has changed.
 */
export const recordDelivery = async (
  services: RecordServices,
  event: DeliveryEvent,
  requestId: string,
): Promise<boolean> => {
  const { tenantTable, clock } = services;
  const { organizationId, inviteId } = event;
  const table = tenantTable(organizationId);
  const invite = await findInvite(table, organizationId, inviteId);
  if (!invite) return false;
  const now = clock.now();
  if (event.suppresses) await suppressAddress(services, event, now, requestId);
  if (event.round !== invite.round || !isKnown(before[event.outcome], invite.delivery)) return false;
  const recorded = await table.transact([
    update(
      keys.invite(organizationId, inviteId),
      changesFor(event, invite, now),
      guard(equal('round', event.round), 'changed'),
      guard(equal('delivery', invite.delivery), 'changed'),
      // An invite that has ended meanwhile has no due work.
      guard(equal('status', invite.status), 'changed'),
    ),
    ...counted(event, invite, now),
  ]);
  // Another event or the worker has changed the invite, so the event is evaluated again with the new state.
  return recorded.ok || recordDelivery(services, event, requestId);
};

const changesFor = ({ outcome, reason, messageId }: DeliveryEvent, invite: Invite, now: string): Changes => {
  // The response of SES was lost, and the event shows that SES accepted the email.
  const taken = invite.delivery === 'queued';
  return {
    set: {
      delivery: outcome === 'delayed' ? 'sent' : outcome,
      ...(reason && reasonItem(reason)),
      ...(taken && { sentAt: now, messageId, ...(invite.status === 'pending' && due(nextDue(invite, now))) }),
    },
    remove: [...(reason ? [] : reasonAttributes), ...(taken ? ['claim', 'wake'] : [])],
    ...(taken && { add: { sends: 1 } }),
  };
};

const counted = ({ outcome, organizationId }: DeliveryEvent, invite: Invite, now: string): Write<never>[] => {
  const sent = invite.delivery === 'queued' ? { sent: 1 } : {};
  const bounced = outcome === 'bounced' ? { bounced: 1 } : {};
  const counts = { ...sent, ...bounced };
  return [
    ...(Object.keys(counts).length === 0 ? [] : [countMails(organizationId, counts, now)]),
    // The canary has no budget, and leaves nothing behind.
    ...((outcome === 'delivered' || outcome === 'complained') && !isCanary(organizationId)
      ? [update(keys.mailRecord(organizationId), { add: { [outcome]: 1 } })]
      : []),
  ];
};

/** Suppresses the address for this organization. Repeating it has no effect. */
const suppressAddress = async (
  services: RecordServices,
  event: DeliveryEvent,
  now: string,
  requestId: string,
): Promise<void> => {
  const { tenantTable, ids } = services;
  const { organizationId, inviteId, email, reason } = event;
  if (!email) return;
  const sentence = reason ? reasonSentence(reason) : '';
  const table = tenantTable(organizationId);
  const suppressed = await table.transact([
    suppress(organizationId, email, sentence, now),
    ...(await suppressionShown(table, organizationId, email, true)),
    ...audit({
      organizationId,
      id: ids.next('evt'),
      at: now,
      action: 'address_suppressed',
      targets: [{ id: inviteId, name: email }],
      requestId,
      details: { email, reason: sentence },
    }),
  ]);
  // The address of the invite was changed at the same time.
  if (!suppressed.ok && suppressed.error === 'changed') await suppressAddress(services, event, now, requestId);
};
