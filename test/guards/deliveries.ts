import type { DeliveryEvent } from '../../shared/invites/delivery-event.ts';
import { recordDelivery } from '../../shared/invites/record-delivery.ts';
import { ok } from '../../shared/result.ts';
import { partitions } from '../../shared/table/keys.ts';
import { guarded, tableOf, type GuardedOperation } from '../support/guarded.ts';
import { servicesOf } from '../support/operations.ts';
import { succeed } from '../support/requests.ts';
import { dueOf, inviteIn, plantInviteScene, type InviteScene, type PlantedInviteScene } from './invites.ts';

const eventOf = ({ organizationId, invite }: PlantedInviteScene, outcome: DeliveryEvent['outcome']): DeliveryEvent => ({
  organizationId,
  inviteId: invite.id,
  email: invite.email,
  round: 1,
  messageId: 'message',
  outcome,
  suppresses: outcome === 'bounced',
});

const record = (scene: PlantedInviteScene, outcome: DeliveryEvent['outcome']): Promise<boolean> =>
  recordDelivery(servicesOf(scene.organizationId), eventOf(scene, outcome), 'another event');

/** SES reports the outcome of an email. With `queued`, the response to sending it was lost, so this event is the first report. */
const hearing = async (delivery: 'queued' | 'sent', outcome: DeliveryEvent['outcome']): Promise<InviteScene> => {
  const planted = await plantInviteScene({ delivery });
  return {
    ...planted,
    run: async (services) => ok(await recordDelivery(services, eventOf(planted, outcome), 'event')),
  };
};

export const deliveryGuards: GuardedOperation[] = [
  guarded<InviteScene>({
    operation: 'recordDelivery',
    scene: () => hearing('sent', 'delivered'),
    guards: {
      'invites: delivery =': {
        harm: 'an email that was reported as bounced is shown as delivered',
        meanwhile: (scene) => record(scene, 'bounced'),
        harmed: async (scene) => (await inviteIn(scene)).delivery === 'delivered',
      },
      'invites: round =': {
        harm: 'an email that was just requested again is never sent, because an event of the previous email marks it as sent',
        scene: () => hearing('queued', 'sent'),
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.resendInvite(colleague, invite.id)),
        harmed: async (scene) => (await inviteIn(scene)).delivery !== 'queued',
      },
      'invites: status =': {
        harm: 'an invite that was just revoked becomes due work again',
        scene: () => hearing('queued', 'sent'),
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.revokeInvite(colleague, invite.id)),
        harmed: async (scene) => (await dueOf(scene)) !== undefined,
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'recordDelivery: suppresses the address',
    scene: () => hearing('sent', 'bounced'),
    write: 1,
    guards: {
      'suppressed: no item': {
        harm: 'the suppression of an address is recorded twice in the audit log',
        meanwhile: (scene) => record(scene, 'bounced'),
        harmed: async ({ organizationId }) => {
          const { items } = await tableOf(organizationId).query({ pk: partitions.audit(organizationId), limit: 10 });
          return items.filter(({ action }) => action === 'address_suppressed').length > 1;
        },
      },
      'invites: email =': {
        harm: 'an invite that was just moved to another address cannot be resent from the console, because its earlier address is suppressed',
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.updateInvite(colleague, invite.id, { email: `right-${invite.email}` })),
        harmed: async (scene) => (await inviteIn(scene)).addressSuppressed === true,
      },
    },
  }),
];
