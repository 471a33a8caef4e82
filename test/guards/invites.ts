import { changeInvites } from '../../shared/invites/change-invites.ts';
import { findInvite, findInvites } from '../../shared/invites/find-invite.ts';
import type { Invite } from '../../shared/invites/invite.ts';
import { suppress } from '../../shared/invites/suppression.ts';
import { passInvite } from '../../shared/invites/work-on-invite.ts';
import type { Result } from '../../shared/result.ts';
import type { StoredAssignment } from '../../shared/roles/role.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { after, dayOf } from '../../shared/time.ts';
import type { User } from '../../shared/users/user.ts';
import { guarded, rightGuards, tableOf, type GuardedOperation, type GuardRow, type Scene } from '../support/guarded.ts';
import { allServicesOf, atInstant, callerOf } from '../support/operations.ts';
import { aManager, plantInvite, plantOrganization, plantPools } from '../support/planted.ts';
import { asItIs, type Run } from '../support/races.ts';
import { requestsIn, succeed } from '../support/requests.ts';

/** An organization of managers, one of whom has a pending invite out. */
export interface InviteScene extends Scene {
  actor: User;
  colleague: User;
  rootPoolId: string;
  poolId?: string;
  invite: Invite;
  token: string;
  requests: ReturnType<typeof requestsIn>;
}

export const plantInviteScene = async (
  given: Parameters<typeof plantInvite>[2] = {},
): Promise<Omit<InviteScene, 'run'>> => {
  const [actor, colleague] = [aManager(), aManager()];
  const { id: organizationId, rootPoolId } = await plantOrganization([actor, colleague]);
  const planted = await plantInvite(organizationId, actor, given);
  return { organizationId, rootPoolId, actor, colleague, ...planted, requests: requestsIn(organizationId) };
};

export type PlantedInviteScene = Omit<InviteScene, 'run'>;

export const sceneOf =
  (run: (planted: PlantedInviteScene) => InviteScene['run'], given: Parameters<typeof plantInvite>[2] = {}) =>
  async (): Promise<InviteScene> => {
    const planted = await plantInviteScene(given);
    return { ...planted, run: run(planted) };
  };

export const inviteIn = async ({ organizationId, invite: { id } }: PlantedInviteScene): Promise<Invite> => {
  const invite = await findInvite(tableOf(organizationId), organizationId, id);
  if (!invite) throw new Error(`There is no invite ${id}`);
  return invite;
};

/** When there is work to be done on the invite; undefined: never. */
export const dueOf = async ({ organizationId, invite: { id } }: PlantedInviteScene): Promise<string | undefined> => {
  const item = await tableOf(organizationId).get(keys.invite(organizationId, id));
  return typeof item?.dueAt === 'string' ? item.dueAt : undefined;
};

/** Invites of an address that are pending and have not expired. */
export const pendingAt = async ({ organizationId }: PlantedInviteScene, email: string): Promise<Invite[]> => {
  const table = tableOf(organizationId);
  const { items } = await table.query({
    index: 'gsi2',
    pk: partitions.invitesByEmail(organizationId),
    prefix: `${email}\t`,
    limit: 10,
  });
  const invites = await findInvites(
    table,
    organizationId,
    items.map(({ sk }) => sk),
  );
  const now = new Date().toISOString();
  return invites.filter(({ status, expiresAt }) => status === 'pending' && expiresAt > now);
};

/** An invite that has just expired. */
export const justExpired = () => ({ expiresAt: after(new Date().toISOString(), -10) });

/** The request of a function whose clock is slow: it takes an invite that has just expired for one that is pending. */
export const beforeItsEnd =
  (run: (planted: PlantedInviteScene) => InviteScene['run']) => async (): Promise<InviteScene> => {
    const planted = await plantInviteScene(justExpired());
    const now = after(planted.invite.expiresAt, -1);
    return { ...planted, run: (services) => run(planted)(atInstant(services, now)) };
  };

/** A manager invites the address of an expired invite again. */
export const inviteAgain = ({ organizationId, requests, colleague, invite }: PlantedInviteScene) =>
  succeed(organizationId, requests.inviteUsers(colleague, [invite.email]));

/** Whether the pending invite of the address does not hold it, so that the address can be invited yet again. */
export const isUnheld = async (scene: PlantedInviteScene): Promise<boolean> => {
  const { organizationId, invite } = scene;
  const [address, pending] = await Promise.all([
    tableOf(organizationId).get(keys.address(organizationId, invite.email)),
    pendingAt(scene, invite.email),
  ]);
  return pending.some(({ id }) => id !== address?.inviteId);
};

export const changeRolesOfInvite = ({ organizationId, requests, colleague, invite }: PlantedInviteScene) =>
  succeed(organizationId, requests.updateInvite(colleague, invite.id, { roles: [{ role: 'organization_manager' }] }));

const nobody = 'nobody@example.com';
const another = 'another@example.com';

/** With so many mails a day. */
const withQuota =
  (inviteQuota: number, run: Run): Run =>
  (services) =>
    run({ ...services, settings: { ...services.settings, inviteQuota } });

const inviting = (emails: string[], quota = 100) =>
  sceneOf(({ requests, actor }) => withQuota(quota, requests.inviteUsers(actor, emails)));

const createdOf = (result: Result<unknown>): number =>
  result.ok ? ((result.value as { summary: { created?: number } }).summary.created ?? 0) : 0;

/** The pool of a role is deleted. */
export const deletePoolOfRole = ({ organizationId, requests, colleague, poolId = '' }: InviteScene) =>
  succeed(organizationId, requests.deletePool(colleague, poolId));

/** A request that gives a role on a new pool. */
export const onNewPool =
  (run: (planted: PlantedInviteScene, poolId: string) => InviteScene['run']) => async (): Promise<InviteScene> => {
    const planted = await plantInviteScene();
    const { organizationId, actor, rootPoolId } = planted;
    const [poolId = ''] = await plantPools(organizationId, ['Pool'], { parentId: rootPoolId, holderId: actor.id });
    return { ...planted, poolId, run: run(planted, poolId) };
  };

export const namesDeletedPool = (
  given: { assignments: StoredAssignment[] } | undefined,
  poolId: string | undefined,
): boolean => (given?.assignments ?? []).some((role) => 'poolId' in role && role.poolId === poolId);

/** Somebody uses an `Idempotency-Key` for two requests. */
const repeatedAs = (bodyHash: string) => ({ idempotency: { request: 'one-key', bodyHash } });

/** The inviter lost the right and had nobody to pass the invite to: it is revoked, and still holds its address. */
const invitingDeadAddress = async (): Promise<InviteScene> => {
  const planted = await plantInviteScene();
  const { organizationId, requests, actor, colleague, invite } = planted;
  await succeed(organizationId, requests.changeRoles(actor, actor, [{ role: 'member' }]));
  return { ...planted, actor: colleague, colleague, run: requests.inviteUsers(colleague, [invite.email]) };
};

export const suppressAddress = (organizationId: string, email: string) =>
  tableOf(organizationId).transact([suppress(organizationId, email, 'It bounced.', new Date().toISOString())]);

/** The worker stores who is responsible for the invite since its inviter was demoted. */
const passInvites = ({ organizationId, invite }: PlantedInviteScene) =>
  passInvite(allServicesOf(organizationId, asItIs), organizationId, invite.id);

/** An invite of a manager who was demoted since; the worker has not stored yet whose it is. */
const renewingOfDemoted =
  (run: (planted: PlantedInviteScene) => InviteScene['run']) => async (): Promise<InviteScene> => {
    const planted = await plantInviteScene();
    const { organizationId, requests, actor, colleague } = planted;
    await succeed(organizationId, requests.changeRoles(colleague, actor, [{ role: 'member' }]));
    const now = { ...planted, actor: colleague };
    return { ...now, run: run(now) };
  };

/** A worker begins to send the mail, which adds the secret of its link. */
const beginSending = async ({ organizationId, invite }: PlantedInviteScene): Promise<void> => {
  await tableOf(organizationId).transact([
    update(keys.invite(organizationId, invite.id), {
      set: { claim: 'a run' },
      append: { secretHashes: ['hash-of-the-mail'] },
      add: { attempts: 1 },
    }),
  ]);
};

/** What every renewal of an invite is guarded by, whether it is sent again or its address is corrected. */
const renewalGuards = (
  renewal: (planted: PlantedInviteScene) => InviteScene['run'],
  address: string,
): Record<string, GuardRow<InviteScene>> => ({
  ...rightGuards,
  'invites: invitedBy =': {
    harm: 'an invite is listed under a manager who was demoted, after the worker has passed all of theirs on',
    scene: renewingOfDemoted(renewal),
    meanwhile: passInvites,
    harmed: async (scene) => (await inviteIn(scene)).invitedBy !== scene.actor.id,
  },
  'invites: attempts =': {
    harm: 'the link of a mail that was just being sent leads to no invite, where it should say that a newer mail replaced it',
    meanwhile: beginSending,
    harmed: async (scene) => !(await inviteIn(scene)).supersededHashes.includes('hash-of-the-mail'),
  },
  'quota: no asked or asked <=': {
    harm: 'an organization asks for more mails than its quota of the day',
    scene: sceneOf(
      (planted) => (services) => renewal(planted)({ ...services, settings: { ...services.settings, inviteQuota: 1 } }),
    ),
    meanwhile: ({ organizationId, requests, colleague }) =>
      succeed(organizationId, requests.inviteUsers(colleague, [nobody])),
    harmed: (_scene, result) => result.ok,
  },
  'suppressed: no item': {
    harm: 'a mail is asked for to an address that mails just bounced at',
    meanwhile: ({ organizationId, invite }) => suppressAddress(organizationId, address || invite.email),
    harmed: (_scene, result) => result.ok,
  },
});

const resending = ({ requests, actor, invite }: PlantedInviteScene) => requests.resendInvite(actor, invite.id);

const correcting = ({ requests, actor, invite }: PlantedInviteScene) =>
  requests.updateInvite(actor, invite.id, { email: another });

const revoking = ({ requests, actor, invite }: PlantedInviteScene) =>
  requests.revokeInvite(actor, invite.id, { ifMatch: 1 });

const changingMany =
  (action: 'resend' | 'revoke') =>
  ({ organizationId, actor, invite }: PlantedInviteScene): InviteScene['run'] =>
  (services) =>
    changeInvites(services)(callerOf(actor), {
      params: { organizationId },
      query: {},
      body: { action, ids: [invite.id] },
    });

/** Whether the one invite of a request about many was changed. */
const isChanged = (result: Result<unknown>): boolean =>
  result.ok && (result.value as { results: { ok: boolean }[] }).results.every(({ ok }) => ok);

/** The rows of a request about one invite, for a request about many, which always succeeds as a whole. */
const forMany = (rows: Record<string, GuardRow<InviteScene>>): Record<string, GuardRow<InviteScene>> =>
  Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      {
        ...row,
        harmed: (scene, result) =>
          row.harmed(scene, isChanged(result) ? result : { ok: false, error: { code: 'conflict' } }),
      } satisfies GuardRow<InviteScene>,
    ]),
  );

const revokeByColleague = ({ organizationId, requests, colleague, invite }: PlantedInviteScene) =>
  succeed(organizationId, requests.revokeInvite(colleague, invite.id));

const resendGuards = (
  run: (planted: PlantedInviteScene) => InviteScene['run'],
): Record<string, GuardRow<InviteScene>> => ({
  ...renewalGuards(run, ''),
  'invites: version =': {
    harm: 'an invite that was just revoked is pending again',
    meanwhile: revokeByColleague,
    harmed: async (scene) => (await inviteIn(scene)).status === 'pending',
  },
  'address: no item or state = and expiresAt <= or inviteId =': {
    harm: 'an address has two pending invites',
    scene: () => sceneOf(run, justExpired())(),
    meanwhile: inviteAgain,
    harmed: async (scene) => (await pendingAt(scene, scene.invite.email)).length > 1,
  },
});

const revokeGuards = (
  run: (planted: PlantedInviteScene) => InviteScene['run'],
): Record<string, GuardRow<InviteScene>> => ({
  ...rightGuards,
  'address: inviteId =': {
    harm: 'an address that was invited again after the end of the invite can be invited once more',
    scene: beforeItsEnd(run),
    meanwhile: inviteAgain,
    harmed: (scene) => isUnheld(scene),
  },
});

export const inviteGuards: GuardedOperation[] = [
  guarded<InviteScene>({
    operation: 'inviteUsers',
    scene: inviting([nobody]),
    guards: {
      ...rightGuards,
      'address: no item or state = and expiresAt <=': {
        harm: 'an address has two pending invites',
        meanwhile: ({ organizationId, requests, colleague }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [nobody])),
        harmed: async (scene) => (await pendingAt(scene, nobody)).length > 1,
      },
      'address: no item or state = and expiresAt <= or inviteId =': {
        harm: 'an address whose invite ended with its inviter has two pending invites',
        scene: invitingDeadAddress,
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [invite.email])),
        harmed: async (scene) => {
          const pending = await pendingAt(scene, scene.invite.email);
          return pending.filter(({ id }) => id !== scene.invite.id).length > 1;
        },
      },
      'quota: no asked or asked <=': {
        harm: 'an organization asks for more mails than its quota of the day',
        scene: inviting([nobody], 1),
        meanwhile: ({ organizationId, requests, colleague }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [another])),
        harmed: async ({ organizationId }) => {
          const item = await tableOf(organizationId).get(keys.quota(organizationId, dayOf(new Date().toISOString())));
          return item?.asked === 2;
        },
      },
      'organization: treeVersion =': {
        harm: 'somebody is invited to a role on a pool that was just deleted',
        scene: onNewPool(({ requests, actor }, poolId) =>
          requests.inviteUsers(actor, [nobody], [{ role: 'engineer', poolId }]),
        ),
        meanwhile: deletePoolOfRole,
        harmed: async (scene) =>
          (await pendingAt(scene, nobody)).some((invite) => namesDeletedPool(invite, scene.poolId)),
      },
      'idempotency: no item or ttl <=': {
        harm: 'one Idempotency-Key is used for two different requests',
        scene: sceneOf(({ requests, actor }) => requests.inviteUsers(actor, [nobody], undefined, repeatedAs('one'))),
        meanwhile: ({ organizationId, requests, actor }) =>
          succeed(organizationId, requests.inviteUsers(actor, [another], undefined, repeatedAs('other'))),
        harmed: (_scene, result) => createdOf(result) === 1,
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'updateInvite: roles',
    scene: sceneOf(({ requests, actor, invite }) =>
      requests.updateInvite(actor, invite.id, { roles: [{ role: 'organization_manager' }] }),
    ),
    guards: {
      ...rightGuards,
      'invites: version =': {
        harm: 'a manager is told that the roles of an invite were changed, which was just revoked',
        meanwhile: revokeByColleague,
        harmed: (_scene, result) => result.ok,
      },
      'organization: treeVersion =': {
        harm: 'an invite gets a role on a pool that was just deleted',
        scene: onNewPool(({ requests, actor, invite }, poolId) =>
          requests.updateInvite(actor, invite.id, { roles: [{ role: 'engineer', poolId }] }),
        ),
        meanwhile: deletePoolOfRole,
        harmed: async (scene) => namesDeletedPool(await inviteIn(scene), scene.poolId),
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'updateInvite: address',
    scene: sceneOf(correcting),
    guards: {
      ...renewalGuards(correcting, another),
      'invites: version =': {
        harm: 'correcting the address undoes the change of roles that somebody just made',
        meanwhile: changeRolesOfInvite,
        harmed: async (scene) => (await inviteIn(scene)).assignments.every(({ role }) => role === 'member'),
      },
      'address: inviteId =': {
        harm: 'the old address, which was invited again after the end of the invite, can be invited once more',
        scene: beforeItsEnd(correcting),
        meanwhile: inviteAgain,
        harmed: (scene) => isUnheld(scene),
      },
      'address: no item or state = and expiresAt <=': {
        harm: 'the new address has two pending invites',
        meanwhile: ({ organizationId, requests, colleague }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [another])),
        harmed: async (scene) => (await pendingAt(scene, another)).length > 1,
      },
      'organization: treeVersion =': {
        harm: 'an invite gets a role on a pool that was just deleted',
        scene: onNewPool(({ requests, actor, invite }, poolId) =>
          requests.updateInvite(actor, invite.id, { email: another, roles: [{ role: 'engineer', poolId }] }),
        ),
        meanwhile: deletePoolOfRole,
        harmed: async (scene) => namesDeletedPool(await inviteIn(scene), scene.poolId),
      },
    },
  }),
  guarded<InviteScene>({ operation: 'resendInvite', scene: sceneOf(resending), guards: resendGuards(resending) }),
  guarded<InviteScene>({
    operation: 'changeInvites: resend',
    scene: sceneOf(changingMany('resend')),
    guards: forMany(resendGuards(changingMany('resend'))),
  }),
  guarded<InviteScene>({
    operation: 'revokeInvite',
    scene: sceneOf(revoking),
    guards: {
      ...revokeGuards(revoking),
      'invites: version =': {
        harm: 'a manager revokes an invite that is no longer as their If-Match says',
        meanwhile: changeRolesOfInvite,
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'changeInvites: revoke',
    scene: sceneOf(changingMany('revoke')),
    guards: forMany({
      ...revokeGuards(changingMany('revoke')),
      'invites: version =': {
        harm: 'the answer shows a revoked invite with roles that were just changed',
        meanwhile: changeRolesOfInvite,
        harmed: (_scene, result) => JSON.stringify(result).includes('"role":"member"'),
      },
    }),
  }),
];
