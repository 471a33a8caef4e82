import { followUp } from '../../shared/handover/follow-up.ts';
import { shortenChains } from '../../shared/handover/shorten-chains.ts';
import { evaluateInvite } from '../../shared/invites/evaluate-invite.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { findInvite } from '../../shared/invites/find-invite.ts';
import { passInvite } from '../../shared/invites/work-on-invite.ts';
import { ok } from '../../shared/result.ts';
import { dueNow, keys, partitions } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { after, minute } from '../../shared/time.ts';
import { userEntries } from '../../shared/users/user-entries.ts';
import type { User } from '../../shared/users/user.ts';
import { clock } from '../support/clock.ts';
import { guarded, rightGuards, sameMember, tableOf, type GuardedOperation, type Scene } from '../support/guarded.ts';
import { allServicesOf, atInstant, servicesOf } from '../support/operations.ts';
import { aManager, aUser, plantInvite, plantOrganization, plantUsers } from '../support/planted.ts';
import { asItIs, beforeReading, type Run } from '../support/races.ts';
import { requestsIn, succeed } from '../support/requests.ts';
import { colleagueDemotesThemself, findDeleted, hasNoManager, miscounts, userIn, type UsersScene } from './users.ts';

/** A user leaves or is removed. `user` is the leaver, or the successor if the actor is the leaver. */
interface HandoverScene extends UsersScene {
  leaver: User;
  successor: User;
  inviteId?: string;
}

const plant = async (leaver: User | 'the actor', successor = aUser()): Promise<Omit<HandoverScene, 'run'>> => {
  const [actor, colleague] = [aManager(), aManager()];
  const others = leaver === 'the actor' ? [] : [leaver];
  const { id: organizationId, rootPoolId } = await plantOrganization([actor, colleague, successor, ...others]);
  const leaving = leaver === 'the actor' ? actor : leaver;
  return {
    organizationId,
    rootPoolId,
    actor,
    colleague,
    user: leaver === 'the actor' ? successor : leaver,
    leaver: leaving,
    successor,
    requests: requestsIn(organizationId),
    names: {
      [keys.user(organizationId, leaving.id).pk]: 'leaver',
      [keys.user(organizationId, successor.id).pk]: 'successor',
      [keys.user(organizationId, colleague.id).pk]: 'remaining',
    },
  };
};

/** A manager with a pending invite leaves. With `keep`, the invite passes to the successor. */
const leaving = async (successor: User, pendingInvites: 'keep' | 'revoke'): Promise<HandoverScene> => {
  const planted = await plant('the actor', successor);
  const { organizationId, requests, actor } = planted;
  const { invite } = await plantInvite(organizationId, actor);
  return { ...planted, inviteId: invite.id, run: requests.leaveOrganization(actor, successor, pendingInvites) };
};

const leavingToManager = () => leaving(aManager(), 'keep');

const removeSuccessor = ({ organizationId, requests, colleague, successor }: HandoverScene) =>
  succeed(organizationId, requests.removeUser(colleague, successor, colleague));

const isRemovedToNobody = async (scene: HandoverScene): Promise<boolean> =>
  (await userIn(scene, scene.leaver)).successorId === scene.successor.id;

type Remove = (requests: HandoverScene['requests'], by: User, leaver: User, successor: User) => Run;

/** The guards of an operation that removes others. */
const removalGuards = (operation: string, remove: Remove): GuardedOperation => {
  const removing = async (leaver: User | 'the actor'): Promise<HandoverScene> => {
    const planted = await plant(leaver);
    return { ...planted, run: remove(planted.requests, planted.actor, planted.leaver, planted.successor) };
  };
  return guarded<HandoverScene>({
    operation,
    scene: () => removing(aUser()),
    guards: {
      ...rightGuards,
      'leaver: version =': {
        harm: 'a user who becomes a manager while being removed is counted as a manager forever',
        meanwhile: ({ organizationId, requests, colleague, leaver }) =>
          succeed(organizationId, requests.changeRoles(colleague, leaver, [{ role: 'organization_manager' }])),
        harmed: miscounts,
      },
      'successor: version =': [
        {
          harm: 'the assets of the leaver go to a successor who was just removed',
          meanwhile: removeSuccessor,
          harmed: isRemovedToNobody,
        },
        {
          harm: 'the assets of the leaver go to a successor who was just found to have no account',
          meanwhile: (scene) => findDeleted(scene, scene.successor),
          harmed: isRemovedToNobody,
        },
      ],
      'remaining: version =': {
        harm: 'one of the last two managers removes themself while the other gives up the role, and the organization has no manager',
        scene: () => removing('the actor'),
        meanwhile: colleagueDemotesThemself,
        harmed: hasNoManager,
      },
    },
  });
};

const removals: GuardedOperation[] = [
  removalGuards('removeUser', (requests, by, leaver, successor) =>
    requests.removeUser(by, leaver, successor, 'revoke'),
  ),
  removalGuards('removeUsers', (requests, by, leaver, successor) =>
    requests.removeUsers(by, [leaver], successor, 'revoke'),
  ),
  guarded<HandoverScene>({
    operation: 'leaveOrganization',
    scene: leavingToManager,
    guards: {
      'membership: userId =': sameMember,
      'leaver: version =': {
        harm: 'a manager who is demoted while leaving is subtracted twice from the count of managers',
        meanwhile: ({ organizationId, requests, colleague, leaver }) =>
          succeed(organizationId, requests.changeRoles(colleague, leaver, [{ role: 'member' }])),
        harmed: miscounts,
      },
      'successor: version =': [
        {
          harm: 'the assets of the leaver go to a successor who was just removed',
          meanwhile: removeSuccessor,
          harmed: isRemovedToNobody,
        },
        {
          harm: 'the invites that a leaving manager passes on are revoked, because the successor has just given up the manager role',
          meanwhile: ({ organizationId, requests, successor }) =>
            succeed(organizationId, requests.changeRoles(successor, successor, [{ role: 'member' }])),
          harmed: async ({ organizationId, inviteId = '' }, result) => {
            const table = tableOf(organizationId);
            const invite = await findInvite(table, organizationId, inviteId);
            if (!result.ok || !invite) return false;
            const { status } = await evaluateInvite(table, invite, { tree: buildPoolTree([]), now: clock.now() });
            return status !== 'pending';
          },
        },
      ],
      'remaining: version =': {
        harm: 'one of the last two managers leaves while the other gives up the role, and the organization has no manager',
        scene: () => leaving(aUser(), 'revoke'),
        meanwhile: colleagueDemotesThemself,
        harmed: hasNoManager,
      },
    },
  }),
];

interface RestoreScene extends Omit<HandoverScene, 'leaver'> {
  restored: User;
  third: User;
}

const plantRemoved = async (): Promise<Omit<RestoreScene, 'run'>> => {
  const restored = aUser({ name: 'Ada King' });
  const { leaver: _leaver, ...planted } = await plant(restored);
  const { organizationId, requests, actor, successor } = planted;
  const third = aUser();
  await plantUsers(organizationId, [third]);
  await succeed(organizationId, requests.removeUser(actor, restored, successor));
  const names = {
    [keys.user(organizationId, restored.id).pk]: 'restored',
    [keys.user(organizationId, successor.id).pk]: 'successor',
    [keys.user(organizationId, third.id).pk]: 'successor',
  };
  return { ...planted, names, restored, third };
};

const restoring = async (): Promise<RestoreScene> => {
  const planted = await plantRemoved();
  return { ...planted, run: planted.requests.restoreUser(planted.actor, planted.restored) };
};

/** The address of the removed user is held by an invite whose only role was on a pool that was deleted. */
const restoringOverInvite = async (): Promise<RestoreScene> => {
  const scene = await restoring();
  const { organizationId, actor, restored } = scene;
  const assignments = [{ role: 'engineer' as const, poolId: 'deleted' }];
  const { invite } = await plantInvite(organizationId, actor, { email: restored.email, assignments });
  return { ...scene, inviteId: invite.id };
};

/** A torn read: after the user is read and before the successor is, the user is restored and removed again with another successor. */
const restoringByTornRead = async (): Promise<RestoreScene> => {
  const planted = await plantRemoved();
  const { organizationId, requests, actor, colleague, restored, successor, third } = planted;
  const turn = async () => {
    await succeed(organizationId, requests.restoreUser(colleague, restored));
    await succeed(organizationId, requests.removeUser(colleague, restored, third));
  };
  const torn = beforeReading(keys.user(organizationId, successor.id), turn);
  const restore = requests.restoreUser(actor, restored);
  return { ...planted, run: (services) => restore({ ...services, table: torn(services.table) }) };
};

const nothing = async () => undefined;

const restores: GuardedOperation[] = [
  guarded<RestoreScene>({
    operation: 'restoreUser',
    scene: restoring,
    guards: {
      ...rightGuards,
      'restored: version =': {
        harm: 'the same assets are in the holdings of two users, the restored user and a later successor',
        scene: restoringByTornRead,
        meanwhile: nothing,
        harmed: async (scene) =>
          (await userIn(scene, scene.restored)).status === 'active' &&
          (await userIn(scene, scene.third)).holdings.includes(scene.restored.id),
      },
      'successor: version =': {
        harm: 'the assets that the same successor has just taken over from another user are in nobody’s holdings',
        meanwhile: ({ organizationId, requests, colleague, successor, third }) =>
          succeed(organizationId, requests.removeUser(colleague, third, successor)),
        harmed: async (scene) => !(await userIn(scene, scene.successor)).holdings.includes(scene.third.id),
      },
      'membership: no item': {
        harm: 'a person who joined again with another address loses that membership to the restored user',
        meanwhile: ({ organizationId, restored: { personId } }) =>
          plantUsers(organizationId, [aUser({ personId, email: `${personId}@example.com` })]),
        harmed: async ({ organizationId, restored }) => {
          const membership = await tableOf(organizationId).get(keys.membership(organizationId, restored.personId));
          return membership?.userId === restored.id;
        },
      },
      'address: no item or state = and expiresAt <= or inviteId =': {
        harm: 'an address whose invite needs roles belongs to a user while a newer invite to it is pending',
        scene: restoringOverInvite,
        meanwhile: ({ organizationId, requests, colleague, restored }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [restored.email])),
        harmed: (_scene, result) => result.ok,
      },
      'invites: version =': {
        harm: 'an invite that a manager has just given new roles is ended by the restore of a user with its address',
        scene: restoringOverInvite,
        meanwhile: ({ organizationId, requests, colleague, inviteId = '' }) =>
          succeed(organizationId, requests.updateInvite(colleague, inviteId, { roles: [{ role: 'member' }] })),
        harmed: async ({ organizationId, inviteId = '' }) =>
          (await findInvite(tableOf(organizationId), organizationId, inviteId))?.ending !== undefined,
      },
      'address: no item or state = and expiresAt <=': {
        harm: 'an address belongs to a user while a newer invite to it is pending',
        meanwhile: ({ organizationId, requests, colleague, restored }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [restored.email])),
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
];

/** The worker does the follow-up of a removal. */
const followingUp = async (): Promise<RestoreScene> => {
  const planted = await plantRemoved();
  const { organizationId, restored } = planted;
  const key = keys.user(organizationId, restored.id);
  return {
    ...planted,
    run: async (services) => ok(await followUp(services, organizationId, key)),
  };
};

const restoreMeanwhile = ({ organizationId, requests, colleague, restored }: RestoreScene) =>
  succeed(organizationId, requests.restoreUser(colleague, restored));

/** A request of the user, decided before the removal, asks for a look-up of the account. */
const askMeanwhile = ({ organizationId, restored }: RestoreScene) =>
  tableOf(organizationId).transact([
    update(keys.user(organizationId, restored.id), { set: { accountAskedAt: clock.now(), ...dueNow(clock.now()) } }),
  ]);

const dueOf = async ({ organizationId, restored }: RestoreScene): Promise<string | undefined> => {
  const item = await tableOf(organizationId).get(keys.user(organizationId, restored.id));
  return typeof item?.dueAt === 'string' ? item.dueAt : undefined;
};

const follow = (organizationId: string, user: User, at = clock.now()) =>
  followUp(atInstant(allServicesOf(organizationId, asItIs), at), organizationId, keys.user(organizationId, user.id));

interface ChainScene extends Scene {
  actor: User;
  first: User;
  middle: User;
  last: User;
  requests: ReturnType<typeof requestsIn>;
}

/** The successor of a removed user was removed too. The worker stores a shortcut from the first user to the last successor. */
const shorteningChain = async (): Promise<ChainScene> => {
  const [actor, first, middle, last] = [aManager(), aUser(), aUser(), aUser()];
  const { id: organizationId } = await plantOrganization([actor, first, middle, last]);
  const requests = requestsIn(organizationId);
  await succeed(organizationId, requests.removeUser(actor, first, middle));
  await succeed(organizationId, requests.removeUser(actor, middle, last));
  const removed = await userIn({ organizationId }, middle);
  return {
    organizationId,
    actor,
    first,
    middle,
    last,
    requests,
    run: async ({ tenantTable }) =>
      ok(await shortenChains(tenantTable(organizationId), organizationId, removed, () => true)),
  };
};

interface PassingScene extends Scene {
  inviter: User;
  actingManager: User;
  other: User;
  inviteId: string;
  expiresAt: string;
  requests: ReturnType<typeof requestsIn>;
}

/** The inviter was demoted. The worker stores that the manager who demoted them is now responsible for the invite. */
const passing = async (): Promise<PassingScene> => {
  const [inviter, actingManager, other] = [aManager(), aManager(), aManager()];
  const { id: organizationId } = await plantOrganization([inviter, actingManager, other]);
  const requests = requestsIn(organizationId);
  const { invite } = await plantInvite(organizationId, inviter);
  await succeed(organizationId, requests.changeRoles(actingManager, inviter, [{ role: 'member' }]));
  return {
    organizationId,
    inviter,
    actingManager,
    other,
    requests,
    inviteId: invite.id,
    expiresAt: invite.expiresAt,
    run: async (services) =>
      ok(await passInvite(atInstant(services, after(invite.expiresAt, -1)), organizationId, invite.id)),
  };
};

const inviterStored = async ({ organizationId, inviteId }: PassingScene): Promise<string | undefined> =>
  (await findInvite(tableOf(organizationId), organizationId, inviteId))?.invitedBy;

const afterwards: GuardedOperation[] = [
  guarded<RestoreScene>({
    operation: 'followUp: begins',
    scene: followingUp,
    write: 1,
    guards: {
      'restored: version = and no accountAskedAt': [
        {
          harm: 'the follow-up of a restore is delayed by minutes, because the follow-up of the removal postpones it',
          meanwhile: restoreMeanwhile,
          harmed: async (scene) => String(await dueOf(scene)) > after(clock.now(), minute),
        },
        {
          harm: 'the look-up of an account that a request has just asked for is delayed by minutes',
          meanwhile: askMeanwhile,
          harmed: async (scene) => String(await dueOf(scene)) > after(clock.now(), minute),
        },
      ],
    },
  }),
  guarded<RestoreScene>({
    operation: 'followUp: erases list entries',
    scene: followingUp,
    write: 2,
    guards: {
      'restored: version =': {
        harm: 'a user who was just restored is missing from the lists of users',
        meanwhile: restoreMeanwhile,
        harmed: async ({ organizationId, restored }) => {
          const entries = await tableOf(organizationId).batchGet(userEntries(organizationId, restored));
          return entries.includes(undefined);
        },
      },
    },
  }),
  guarded<RestoreScene>({
    operation: 'followUp: ends',
    scene: followingUp,
    write: 3,
    guards: {
      'restored: version = and no accountAskedAt': [
        {
          harm: 'the follow-up of a restore never runs, because the follow-up of the removal marks it as done',
          meanwhile: restoreMeanwhile,
          harmed: async (scene) => (await dueOf(scene)) === undefined,
        },
        {
          harm: 'the look-up of an account that a request has just asked for is not made before the next day',
          meanwhile: askMeanwhile,
          harmed: async (scene) => (await dueOf(scene)) === undefined,
        },
      ],
    },
  }),
  guarded<ChainScene>({
    operation: 'shortenChains',
    scene: shorteningChain,
    guards: {
      'user: version =': {
        harm: 'a shortcut bypasses the owner, who was just restored, so every later search for the owner costs one more read',
        meanwhile: async ({ organizationId, requests, actor, middle }) => {
          await succeed(organizationId, requests.restoreUser(actor, middle));
          await follow(organizationId, middle);
        },
        harmed: async (scene) => (await userIn(scene, scene.first)).heirId === scene.last.id,
      },
    },
  }),
  guarded<PassingScene>({
    operation: 'passInvite',
    scene: passing,
    guards: {
      'invites: status =': {
        harm: 'an invite that was just revoked is listed as a pending invite of the manager who took it over',
        meanwhile: ({ organizationId, requests, other, inviteId }) =>
          succeed(organizationId, requests.revokeInvite(other, inviteId)),
        harmed: async ({ organizationId, actingManager }) => {
          const pk = partitions.invitesByInviter(organizationId, actingManager.id);
          return (await tableOf(organizationId).query({ index: 'gsi3', pk, limit: 1 })).items.length > 0;
        },
      },
      'invites: invitedBy =': {
        harm: 'an expired invite that one manager has just renewed is stored as another manager’s',
        meanwhile: async ({ organizationId, requests, other, inviteId, expiresAt }) =>
          requests.resendInvite(other, inviteId)(atInstant(servicesOf(organizationId), after(expiresAt, minute))),
        harmed: async (scene) => (await inviterStored(scene)) === scene.actingManager.id,
      },
      'user: version =': {
        harm: 'an invite is passed to a manager who has lost the right to invite and whose invites have all been passed on already',
        meanwhile: async ({ organizationId, requests, actingManager }) => {
          await succeed(organizationId, requests.changeRoles(actingManager, actingManager, [{ role: 'member' }]));
          await follow(organizationId, actingManager, after(clock.now(), 2 * minute));
        },
        harmed: async (scene) => (await inviterStored(scene)) === scene.actingManager.id,
      },
    },
  }),
];

export const handoverGuards = [...removals, ...restores, ...afterwards];
