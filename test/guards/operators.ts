import { systemIds } from '../../functions/adapters/system.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import type { OperatorAnswer } from '../../shared/operators/operator.ts';
import { createOrganization } from '../../shared/operators/create-organization.ts';
import { inviteManager } from '../../shared/operators/invite-manager.ts';
import { liftSuppression } from '../../shared/operators/lift-suppression.ts';
import { suppress, suppressionShown } from '../../shared/invites/suppression.ts';
import { clock } from '../support/clock.ts';
import { guarded, tableOf, type GuardedOperation, type Scene } from '../support/guarded.ts';
import { servicesOf } from '../support/operations.ts';
import { newEmail } from '../support/organization.ts';
import { succeed } from '../support/requests.ts';
import {
  inviteAgain,
  inviteIn,
  justExpired,
  pendingAt,
  plantInviteScene,
  suppressAddress,
  type InviteScene,
  type PlantedInviteScene,
} from './invites.ts';

/** An operator creates an organization, and another operator repeats the command. */
interface CommandScene extends Scene {
  again(): Promise<OperatorAnswer | undefined>;
  /** The answer that the other operator received. */
  answer?: OperatorAnswer | undefined;
}

const creating = async (): Promise<CommandScene> => {
  const command = {
    command: 'create_organization' as const,
    name: 'Acme',
    managerEmail: newEmail(),
    idempotencyKey: crypto.randomUUID(),
  };
  return {
    organizationId: systemIds.next('org'),
    run: (services) => createOrganization(services, command, 'one'),
    again: async () => {
      const result = await createOrganization(servicesOf(undefined), command, 'another');
      return result.ok ? result.value : undefined;
    },
  };
};

const invitation = (
  { organizationId }: Pick<InviteScene, 'organizationId'>,
  email: string,
  idempotencyKey: string | undefined,
) => ({ command: 'invite_manager' as const, organizationId, email, idempotencyKey });

/** Operators invite a manager, at the address of the existing invite unless `address` is given. */
const inviting =
  (given: () => Parameters<typeof plantInviteScene>[0] = () => ({}), address?: string) =>
  async (): Promise<InviteScene> => {
    const planted = await plantInviteScene(given());
    const command = invitation(planted, address ?? planted.invite.email, `key of ${planted.organizationId}`);
    return { ...planted, run: (services) => inviteManager(services, command, 'operators') };
  };

const free = newEmail('free');

const lifting = async (): Promise<InviteScene> => {
  const planted = await plantInviteScene();
  await suppressAddress(planted.organizationId, planted.invite.email);
  return { ...planted, run: (services) => liftSuppression(services, suppressionOf(planted), 'operators') };
};

const suppressionOf = ({ organizationId, invite: { email } }: PlantedInviteScene) => ({ organizationId, email });

export const operatorGuards: GuardedOperation[] = [
  guarded<CommandScene>({
    operation: 'create_organization',
    scene: creating,
    guards: {
      'operators answer: no item or ttl <=': {
        harm: 'a repeated command creates two organizations',
        meanwhile: async (scene) => {
          scene.answer = await scene.again();
        },
        harmed: ({ answer }, result) =>
          result.ok && (result.value as OperatorAnswer).organizationId !== answer?.organizationId,
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'invite_manager',
    scene: inviting(),
    guards: {
      'invites: version =': {
        harm: 'an invite that the person has just declined is stored as revoked',
        meanwhile: ({ organizationId, token }) =>
          succeed(organizationId, (services) =>
            declineInvite(services)({ requestId: 'decline' }, { params: {}, query: {}, body: { token } }),
          ),
        harmed: async (scene) => (await inviteIn(scene)).status === 'revoked',
      },
      'address: no item or state = and expiresAt <=': {
        harm: 'an address has two pending invites',
        scene: inviting(undefined, free),
        meanwhile: ({ organizationId, requests, colleague }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [free])),
        harmed: async (scene) => (await pendingAt(scene, free)).length > 1,
      },
      'address: no item or state = and expiresAt <= or inviteId =': {
        harm: 'an address whose earlier invite has expired has two pending invites',
        scene: inviting(justExpired),
        meanwhile: inviteAgain,
        harmed: async (scene) => (await pendingAt(scene, scene.invite.email)).length > 1,
      },
      'suppressed: no item': {
        harm: 'an email is requested for an address that was just suppressed',
        meanwhile: ({ organizationId, invite: { email } }) => suppressAddress(organizationId, email),
        harmed: (_scene, result) => result.ok,
      },
      'operators answer: no item or ttl <=': {
        harm: 'one idempotency key is used for two different commands',
        meanwhile: (scene) =>
          succeed(scene.organizationId, (services) =>
            inviteManager(services, invitation(scene, free, `key of ${scene.organizationId}`), 'another'),
          ),
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'lift_suppression',
    scene: lifting,
    guards: {
      'suppressed: has item': {
        harm: 'the lifting of a suppression is recorded twice in the audit log',
        meanwhile: (scene) =>
          succeed(scene.organizationId, (services) => liftSuppression(services, suppressionOf(scene), 'another')),
        harmed: (_scene, result) => result.ok,
      },
      'invites: email =': {
        harm: 'an invite that was just moved to an address that is suppressed by now is shown as one that can be resent',
        meanwhile: async ({ organizationId, requests, colleague, invite }) => {
          await succeed(organizationId, requests.updateInvite(colleague, invite.id, { email: free }));
          await tableOf(organizationId).transact([
            suppress(organizationId, free, 'It bounced.', clock.now()),
            ...(await suppressionShown(tableOf(organizationId), organizationId, free, true)),
          ]);
        },
        harmed: async (scene) => (await inviteIn(scene)).addressSuppressed === undefined,
      },
    },
  }),
];
