import { systemSecrets } from '../../functions/adapters/system.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { blockOrganization } from '../../shared/invites/block-organization.ts';
import { unblockOrganization } from '../../shared/invites/unblock-organization.ts';
import { formatToken } from '../../shared/invites/token.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import type { Accepted } from '../../shared/invites/join-by-invite.ts';
import { requestNewInvite } from '../../shared/invites/request-new-invite.ts';
import { acceptMyInvite } from '../../shared/me/accept-my-invite.ts';
import { declineMyInvite } from '../../shared/me/decline-my-invite.ts';
import type { Account, Services, WorkServices } from '../../shared/ports.ts';
import type { Result } from '../../shared/result.ts';
import { keys } from '../../shared/table/keys.ts';
import { after } from '../../shared/time.ts';
import { parseUser, type User } from '../../shared/users/user.ts';
import { guarded, tableOf, type GuardedOperation } from '../support/guarded.ts';
import { atInstant, callerOf } from '../support/operations.ts';
import { aUser, plantUsers } from '../support/planted.ts';
import { asItIs, beforeWrite, type Run } from '../support/races.ts';
import { succeed } from '../support/requests.ts';
import {
  beforeItsEnd,
  deletePoolOfRole,
  elsewhere,
  inviteAgain,
  inviteIn,
  isUnheld,
  justExpired,
  namesDeletedPool,
  onNewPool,
  plantInviteScene,
  restrictDomains,
  sceneOf,
  type InviteScene,
  type PlantedInviteScene,
} from './invites.ts';

type AllServices = Services & WorkServices;

/** The invited person. Their account already exists, because creating one is tested under `findOrMakeAccount`. */
const personId = 'person-who-is-invited';

const withAccount =
  ({ invite: { email } }: PlantedInviteScene, run: Run): Run =>
  (services) => {
    const account: Account = { personId, email, name: 'Ada', emailVerified: true, enabled: true, temporary: false };
    const find = async () => account;
    return run({ ...services, directory: { ...services.directory, findByEmail: find, findByPersonId: find } });
  };

const anybody = () => ({ requestId: crypto.randomUUID() });
const byLink = (token: string) => ({ params: {}, query: {}, body: { token } });
const mine = ({ organizationId, invite }: PlantedInviteScene) => ({
  params: { organizationId, inviteId: invite.id },
  query: {},
  body: undefined,
});

const accepting = (planted: PlantedInviteScene): Run =>
  withAccount(planted, (services) => acceptInvite(services)(anybody(), byLink(planted.token)));

const acceptingMine = (planted: PlantedInviteScene): Run =>
  withAccount(planted, (services) => acceptMyInvite(services)(callerOf({ personId }), mine(planted)));

const declining = (planted: PlantedInviteScene): Run =>
  withAccount(planted, (services) => declineInvite(services)(anybody(), byLink(planted.token)));

const decliningMine = (planted: PlantedInviteScene): Run =>
  withAccount(planted, (services) => declineMyInvite(services)(callerOf({ personId }), mine(planted)));

const asking =
  ({ token }: Pick<InviteScene, 'token'>): Run =>
  (services) =>
    requestNewInvite(services)(anybody(), byLink(token));

/**
 * The invite expires after the request has read it and before the request writes. `looks`: how often the request looks at the clock
 * before it writes. A call that is charged for its cost looks once more.
 */
const asItEnds =
  (run: (planted: PlantedInviteScene) => Run, looks = 1) =>
  async (): Promise<InviteScene> => {
    const planted = await plantInviteScene(justExpired());
    const { expiresAt } = planted.invite;
    const operation = run(planted);
    return {
      ...planted,
      run: (services) => {
        const instants = Array.from({ length: looks }, () => after(expiresAt, -1));
        const clock: Services['clock'] = { ...services.clock, now: () => instants.shift() ?? expiresAt };
        return operation({ ...services, clock });
      },
    };
  };

const userOf = async ({ organizationId }: InviteScene, result: Result<unknown>): Promise<User | undefined> => {
  if (!result.ok) return undefined;
  return parseUser(await tableOf(organizationId).get(keys.user(organizationId, (result.value as Accepted).userId)));
};

const nothing = async () => undefined;

const acceptanceRows = (
  run: (planted: PlantedInviteScene) => Run,
  looks?: number,
): GuardedOperation<InviteScene>['guards'] => ({
  'invites: version =': {
    harm: 'a person becomes an organization manager through an invite that was just changed to another role',
    scene: sceneOf(run, { assignments: [{ role: 'organization_manager' }] }),
    meanwhile: ({ organizationId, requests, colleague, invite }) =>
      succeed(organizationId, requests.updateInvite(colleague, invite.id, { roles: [{ role: 'member' }] })),
    harmed: async (scene, result) =>
      (await userOf(scene, result))?.assignments.some(({ role }) => role === 'organization_manager') ?? false,
  },
  'invites: expiresAt >': {
    harm: 'an invite that expired while the person’s account was looked up is accepted',
    scene: asItEnds(run, looks),
    meanwhile: nothing,
    harmed: (_scene, result) => result.ok,
  },
  'address: inviteId =': {
    harm: 'an address belongs to a user while a newer invite to it is pending',
    scene: beforeItsEnd(run),
    meanwhile: inviteAgain,
    harmed: (scene) => isUnheld(scene),
  },
  'membership: no item': {
    harm: 'a person who has just joined with another address loses that membership',
    meanwhile: ({ organizationId }) =>
      plantUsers(organizationId, [aUser({ personId, id: 'usr_under_another_address' })]),
    harmed: async ({ organizationId }) => {
      const membership = await tableOf(organizationId).get(keys.membership(organizationId, personId));
      return membership?.userId !== 'usr_under_another_address';
    },
  },
  'membership: has item': {
    harm: 'an invite ends because of a user who was just removed, instead of being accepted',
    scene: async () => {
      const scene = await ofUser(run)();
      const removed = beforeWrite(2, () => removeUnderAnotherAddress(scene), asItIs);
      const removing = (services: AllServices): AllServices => ({
        ...services,
        tenantTable: (...roots) => removed(services.tenantTable(...roots)),
      });
      return { ...scene, run: (services) => scene.run(removing(services)) };
    },
    meanwhile: nothing,
    harmed: async (scene) => (await inviteIn(scene)).status === 'already_member',
  },
  'organization: treeVersion =': [
    {
      harm: 'a new user gets a role on a pool that was just deleted',
      scene: async () => {
        const planted = await onNewPool(() => async () => ({ ok: true, value: undefined }))();
        const { organizationId, requests, actor, invite, poolId = '' } = planted;
        const roles = [{ role: 'engineer' as const, poolId }];
        await succeed(organizationId, requests.updateInvite(actor, invite.id, { roles }));
        return { ...planted, run: run(planted) };
      },
      meanwhile: deletePoolOfRole,
      harmed: async (scene, result) => namesDeletedPool(await userOf(scene, result), scene.poolId),
    },
    {
      harm: 'a person joins although the organization has just stopped allowing the domain of their address',
      scene: sceneOf(run, { email: elsewhere }),
      meanwhile: restrictDomains,
      harmed: (_scene, result) => result.ok,
    },
  ],
  'user: version =': {
    harm: 'an invite is accepted although its inviter was just demoted',
    meanwhile: ({ organizationId, requests, actor }) =>
      succeed(organizationId, requests.changeRoles(actor, actor, [{ role: 'member' }])),
    harmed: (_scene, result) => result.ok,
  },
});

/** The invited person is a user already, with another address. */
const ofUser =
  (run: (planted: PlantedInviteScene) => Run, given: () => Parameters<typeof plantInviteScene>[0] = () => ({})) =>
  async (): Promise<InviteScene> => {
    const planted = await plantInviteScene(given());
    await plantUsers(planted.organizationId, [underAnotherAddress()]);
    return { ...planted, run: run(planted) };
  };

const underAnotherAddress = () => aUser({ personId, id: 'usr_under_another_address' });

/** The same, asked of a function with a slow clock, which still treats an invite that has just expired as pending. */
const ofUserBeforeItsEnd = async (): Promise<InviteScene> => {
  const scene = await ofUser(accepting, justExpired)();
  const now = after(scene.invite.expiresAt, -1);
  return { ...scene, run: (services) => scene.run(atInstant(services, now)) };
};

const removeUnderAnotherAddress = ({ organizationId, requests, actor, colleague }: PlantedInviteScene) =>
  succeed(organizationId, requests.removeUser(colleague, underAnotherAddress(), actor));

interface BlockScene extends InviteScene {
  blockToken: string;
}

/** The recipient of an invite blocks the organization, with the link for that in an email. */
const blocking = async (given: Parameters<typeof plantInviteScene>[0] = {}): Promise<BlockScene> => {
  const secret = systemSecrets.random();
  const planted = await plantInviteScene({ ...given, blockHashes: [systemSecrets.hash(secret)] });
  const { organizationId, invite } = planted;
  const blockToken = formatToken({ organizationId, inviteId: invite.id, secret });
  const run: Run = (services) => blockOrganization(services)(anybody(), byLink(blockToken));
  return { ...planted, blockToken, run };
};

export const acceptanceGuards: GuardedOperation[] = [
  guarded<InviteScene>({ operation: 'acceptInvite', scene: sceneOf(accepting), guards: acceptanceRows(accepting) }),
  guarded<InviteScene>({
    operation: 'acceptMyInvite',
    scene: sceneOf(acceptingMine),
    guards: acceptanceRows(acceptingMine, 2),
  }),
  guarded<InviteScene>({
    operation: 'acceptInvite: ends the invite of a user',
    scene: ofUser(accepting),
    write: 2,
    guards: {
      'invites: version =': {
        harm: 'an invite ends through a link that a newer email has just replaced',
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.resendInvite(colleague, invite.id)),
        harmed: async (scene) => (await inviteIn(scene)).status === 'already_member',
      },
      'address: inviteId =': {
        harm: 'ending an expired invite frees its address, although a newer invite holds it',
        scene: ofUserBeforeItsEnd,
        meanwhile: inviteAgain,
        harmed: (scene) => isUnheld(scene),
      },
      'membership: has item': {
        harm: 'an invite ends because of a user who was just removed, instead of being accepted',
        meanwhile: removeUnderAnotherAddress,
        harmed: async (scene) => (await inviteIn(scene)).status === 'already_member',
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'declineInvite and declineMyInvite',
    scene: sceneOf(declining),
    guards: {
      'invites: version =': {
        harm: 'an invite is declined through a link that a newer email has just replaced',
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.resendInvite(colleague, invite.id)),
        harmed: (_scene, result) => result.ok,
      },
      'invites: expiresAt >': {
        harm: 'an invite that has just expired is declined',
        scene: asItEnds(decliningMine),
        meanwhile: nothing,
        harmed: (_scene, result) => result.ok,
      },
      'address: inviteId =': {
        harm: 'declining an expired invite frees its address, although a newer invite holds it',
        scene: beforeItsEnd(decliningMine),
        meanwhile: inviteAgain,
        harmed: (scene) => isUnheld(scene),
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'blockOrganization',
    scene: () => blocking(),
    guards: {
      'invites: version =': {
        harm: 'an invite that was just moved to another address ends as blocked',
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.updateInvite(colleague, invite.id, { email: `right-${invite.email}` })),
        harmed: async (scene) => (await inviteIn(scene)).status === 'blocked',
      },
      'address: no item or state = and expiresAt <= or inviteId =': {
        harm: 'a blocked address, whose earlier invite has expired, has a pending invite',
        scene: () => blocking(justExpired()),
        meanwhile: inviteAgain,
        harmed: (scene) => isUnheld(scene),
      },
      'address: no item or state = and expiresAt <=': {
        harm: 'a blocked address, whose earlier invite was revoked, has a pending invite',
        scene: async () => {
          const scene = await blocking();
          const { organizationId, requests, colleague, invite } = scene;
          await succeed(organizationId, requests.revokeInvite(colleague, invite.id));
          return scene;
        },
        meanwhile: inviteAgain,
        harmed: (scene) => isUnheld(scene),
      },
    },
  }),
  guarded<BlockScene>({
    operation: 'unblockOrganization',
    scene: async () => {
      const scene = await blocking();
      const input = byLink(scene.blockToken);
      await succeed(scene.organizationId, (services) => blockOrganization(services)(anybody(), input));
      return { ...scene, run: (services) => unblockOrganization(services)(anybody(), input) };
    },
    guards: {
      'address: state =': {
        harm: 'lifting a block twice at the same time frees an address that was just invited again',
        meanwhile: async (scene) => {
          await succeed(scene.organizationId, (services) =>
            unblockOrganization(services)(anybody(), byLink(scene.blockToken)),
          );
          await inviteAgain(scene);
        },
        harmed: (scene) => isUnheld(scene),
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'requestNewInvite',
    scene: () => sceneOf(asking, justExpired())(),
    guards: {
      'invites: no renewalAskedAt': {
        harm: 'a manager is notified twice, because the invitee clicked twice',
        meanwhile: (scene) => succeed(scene.organizationId, asking(scene)),
        harmed: async ({ organizationId }) => {
          const { pk } = keys.notice(organizationId, '');
          return (await tableOf(organizationId).query({ pk, limit: 10 })).items.length > 1;
        },
      },
      'address: no item or state = and expiresAt <= or inviteId =': {
        harm: 'a manager is asked for a new invite for somebody who has just become a user',
        meanwhile: ({ organizationId, invite: { email } }) => plantUsers(organizationId, [aUser({ email })]),
        harmed: async ({ organizationId }) => {
          const { pk } = keys.notice(organizationId, '');
          return (await tableOf(organizationId).query({ pk, limit: 1 })).items.length > 0;
        },
      },
      'organization: treeVersion =': {
        harm: 'a manager is asked for an invite although the organization has just stopped allowing the domain of its address',
        scene: () => sceneOf(asking, { ...justExpired(), email: elsewhere })(),
        meanwhile: restrictDomains,
        harmed: (_scene, result) => result.ok,
      },
      'invites: round =': {
        harm: 'an invite that was just renewed counts as already requested again, so nobody is notified of the next request',
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.resendInvite(colleague, invite.id)),
        harmed: async (scene) => (await inviteIn(scene)).renewalAskedAt !== undefined,
      },
    },
  }),
];
