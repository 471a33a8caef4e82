import { expect } from 'vitest';
import { changeInvites } from '../../shared/invites/change-invites.ts';
import { findInvite, findInvites } from '../../shared/invites/find-invite.ts';
import type { Invite } from '../../shared/invites/invite.ts';
import { reserve, returnUnused } from '../../shared/invites/reservation.ts';
import { suppress } from '../../shared/invites/suppression.ts';
import { passInvite } from '../../shared/invites/work-on-invite.ts';
import type { Result } from '../../shared/result.ts';
import type { StoredAssignment } from '../../shared/roles/role.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { put, update } from '../../shared/table/write.ts';
import { after, dayOf } from '../../shared/time.ts';
import type { User } from '../../shared/users/user.ts';
import { clock } from '../support/clock.ts';
import { guarded, rightGuards, tableOf, type GuardedOperation, type GuardRow, type Scene } from '../support/guarded.ts';
import { allServicesOf, atInstant, callerOf, servicesOf } from '../support/operations.ts';
import { aManager, plantInvite, plantOrganization, plantPools } from '../support/planted.ts';
import { asItIs, type Run } from '../support/races.ts';
import { requestsIn, succeed } from '../support/requests.ts';

/** An organization of two managers, one of whom has sent an invite. */
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

/** When the invite is due for the worker, or undefined if it is no due work. */
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
  const now = clock.now();
  return invites.filter(({ status, expiresAt }) => status === 'pending' && expiresAt > now);
};

/** An address that is refused once the organization allows only the domain of its users. */
export const elsewhere = 'somebody@elsewhere.example';

/** The organization allows only the domain of its users. */
export const restrictDomains = ({ organizationId, requests, colleague }: PlantedInviteScene) =>
  succeed(organizationId, requests.changeSettings(colleague, { allowedDomains: ['example.com'] }));

/** An invite that has just expired. */
export const justExpired = () => ({ expiresAt: after(clock.now(), -10) });

/** A request to a function with a slow clock, which still treats an invite that has just expired as pending. */
export const beforeItsEnd =
  (run: (planted: PlantedInviteScene) => InviteScene['run']) => async (): Promise<InviteScene> => {
    const planted = await plantInviteScene(justExpired());
    const now = after(planted.invite.expiresAt, -1);
    return { ...planted, run: (services) => run(planted)(atInstant(services, now)) };
  };

/** A manager invites the address of an expired invite again. */
export const inviteAgain = ({ organizationId, requests, colleague, invite }: PlantedInviteScene) =>
  succeed(organizationId, requests.inviteUsers(colleague, [invite.email]));

/** Whether the address item does not name the pending invite, which must hold its address. */
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

/** Sets the daily quota of emails. */
const withQuota =
  (inviteQuota: number, run: Run): Run =>
  (services) =>
    run({ ...services, settings: { ...services.settings, inviteQuota } });

const inviting = (emails: string[], quota = 100) =>
  sceneOf(({ requests, actor }) => withQuota(quota, requests.inviteUsers(actor, emails)));

const createdOf = (result: Result<unknown>): number =>
  result.ok ? ((result.value as { summary: { created?: number } }).summary.created ?? 0) : 0;

const addresses = (length: number): string[] => Array.from({ length }, () => `${crypto.randomUUID()}@example.com`);

const askedIn = async ({ organizationId }: InviteScene): Promise<number> => {
  const item = await tableOf(organizationId).get(keys.quota(organizationId, dayOf(clock.now())));
  return Number(item?.asked ?? 0);
};

/** A call with two parts and an `Idempotency-Key`: its first write reserves the mails of both. */
const invitingTwoParts = (quota = 100) => {
  const emails = addresses(31);
  return sceneOf(({ requests, actor }) =>
    withQuota(quota, requests.inviteUsers(actor, emails, undefined, repeatedAs('one'))),
  )();
};

const requesterOf = ({ organizationId, actor }: InviteScene) => ({ organizationId, personId: actor.personId });

/** A view of the table with both counts of the quota. */
const quotaTableOf = ({ organizationId, actor }: InviteScene) =>
  servicesOf(organizationId).tenantTable(organizationId, partitions.person(actor.personId));

/** The actor requests emails for another organization. */
const requestElsewhere =
  (mails: number) =>
  ({ actor }: InviteScene) =>
    servicesOf(undefined)
      .tenantTable(partitions.person(actor.personId))
      .transact([put({ ...keys.personMails(actor.personId, dayOf(clock.now())), asked: mails })]);

/** More mails than the two parts need. */
const tooMuch = () => ({ day: dayOf(clock.now()), mails: { 0: 30, 30: 6 } });

const endsOfTwoParts = [30, 1].map((length, index) => ({
  start: 30 * index,
  kind: 'done' as const,
  outcomes: Array.from({ length }, () => ({ outcome: 'created' })),
}));

/** The same call, which goes on with the reservation of an earlier attempt that has reserved five mails more than it needs now. */
const invitingWithTooMuch = async (): Promise<InviteScene> => {
  const scene = await invitingTwoParts();
  const reserving = { now: clock.now(), quota: 100, ...repeatedAs('one') };
  const reserved = await reserve(quotaTableOf(scene), requesterOf(scene), tooMuch().mails, reserving);
  expect(reserved.ok).toBe(true);
  return scene;
};

/** Deletes the pool that a role of the invite is on. */
export const deletePoolOfRole = ({ organizationId, requests, colleague, poolId = '' }: InviteScene) =>
  succeed(organizationId, requests.deletePool(colleague, poolId));

/** A request that assigns a role on a new pool. */
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

/** One `Idempotency-Key` for every request, whatever its body is. */
const repeatedAs = (bodyHash: string) => ({ idempotency: { request: 'one-key', bodyHash } });

/**
 * The inviter gave up the right to invite, so nobody took over the invite: it is in effect revoked, but still holds its address.
 */
const invitingDeadAddress = async (): Promise<InviteScene> => {
  const planted = await plantInviteScene();
  const { organizationId, requests, actor, colleague, invite } = planted;
  await succeed(organizationId, requests.changeRoles(actor, actor, [{ role: 'member' }]));
  return { ...planted, actor: colleague, colleague, run: requests.inviteUsers(colleague, [invite.email]) };
};

/** An invite whose only role was on a pool that was just deleted, so that it needs roles. */
export const plantInviteWithoutPool = async (
  given: Parameters<typeof plantInvite>[2] = {},
): Promise<PlantedInviteScene> => {
  const planted = await plantInviteScene({ ...given, assignments: [{ role: 'engineer', poolId: 'deleted' }] });
  return { ...planted, colleague: planted.actor, actor: planted.colleague };
};

/** A colleague gives new roles to an invite that needs some. */
export const revive = ({ organizationId, requests, colleague, invite }: PlantedInviteScene) =>
  succeed(organizationId, requests.updateInvite(colleague, invite.id, { roles: [{ role: 'member' }] }));

/** Another request has ended the invite because its address is wanted for something else. */
export const isReplaced = async (scene: PlantedInviteScene): Promise<boolean> =>
  (await inviteIn(scene)).ending !== undefined;

const invitingWithoutPool = async (): Promise<InviteScene> => {
  const planted = await plantInviteWithoutPool();
  return { ...planted, run: planted.requests.inviteUsers(planted.actor, [planted.invite.email]) };
};

/** A request about an invite whose only role is on a pool. */
export const withRoleOnPool =
  (run: (planted: PlantedInviteScene) => InviteScene['run']) => async (): Promise<InviteScene> => {
    const planted = await onNewPool(run)();
    const { organizationId, requests, colleague, invite, poolId = '' } = planted;
    const roles = [{ role: 'engineer' as const, poolId }];
    await succeed(organizationId, requests.updateInvite(colleague, invite.id, { roles }));
    return planted;
  };

export const suppressAddress = (organizationId: string, email: string) =>
  tableOf(organizationId).transact([suppress(organizationId, email, 'It bounced.', clock.now())]);

/** The worker stores who has been responsible for the invite since its inviter was demoted. */
const passInvites = ({ organizationId, invite }: PlantedInviteScene) =>
  passInvite(allServicesOf(organizationId, asItIs), organizationId, invite.id);

/** An invite whose inviter has since been demoted. The worker has not yet stored who is responsible for it now. */
const renewingOfDemoted =
  (run: (planted: PlantedInviteScene) => InviteScene['run']) => async (): Promise<InviteScene> => {
    const planted = await plantInviteScene();
    const { organizationId, requests, actor, colleague } = planted;
    await succeed(organizationId, requests.changeRoles(colleague, actor, [{ role: 'member' }]));
    const now = { ...planted, actor: colleague };
    return { ...now, run: run(now) };
  };

/** A worker claims the email, which adds the secret of its link to the invite. */
const beginSending = async ({ organizationId, invite }: PlantedInviteScene): Promise<void> => {
  await tableOf(organizationId).transact([
    update(keys.invite(organizationId, invite.id), {
      set: { claim: 'a run' },
      append: { secretHashes: ['hash-of-the-mail'] },
      add: { attempts: 1 },
    }),
  ]);
};

/** The guards of every renewal of an invite, whether it is resent or its address is corrected. */
const renewalGuards = (
  renewal: (planted: PlantedInviteScene) => InviteScene['run'],
  address: string,
): Record<string, GuardRow<InviteScene>> => ({
  ...rightGuards,
  'invites: invitedBy =': {
    harm: 'an invite is listed under a demoted manager, although the worker has already passed on all invites of that manager',
    scene: renewingOfDemoted(renewal),
    meanwhile: passInvites,
    harmed: async (scene) => (await inviteIn(scene)).invitedBy !== scene.actor.id,
  },
  'invites: attempts =': {
    harm: 'the link of an email that is being sent is reported as unknown instead of replaced by a newer email',
    meanwhile: beginSending,
    harmed: async (scene) => !(await inviteIn(scene)).supersededHashes.includes('hash-of-the-mail'),
  },
  'quota: no asked or asked <=': {
    harm: 'an organization requests more emails than its daily quota allows',
    scene: sceneOf(
      (planted) => (services) => renewal(planted)({ ...services, settings: { ...services.settings, inviteQuota: 1 } }),
    ),
    meanwhile: ({ organizationId, requests, colleague }) =>
      succeed(organizationId, requests.inviteUsers(colleague, [nobody])),
    harmed: (_scene, result) => result.ok,
  },
  'person mails: no asked or asked <=': {
    harm: 'a person with several organizations requests more emails than the daily quota of one',
    scene: sceneOf(
      (planted) => (services) => renewal(planted)({ ...services, settings: { ...services.settings, inviteQuota: 1 } }),
    ),
    meanwhile: requestElsewhere(1),
    harmed: (_scene, result) => result.ok,
  },
  'suppressed: no item': {
    harm: 'an email is requested for an address that was just suppressed',
    meanwhile: ({ organizationId, invite }) => suppressAddress(organizationId, address || invite.email),
    harmed: (_scene, result) => result.ok,
  },
});

const resending = ({ requests, actor, invite }: PlantedInviteScene) => requests.resendInvite(actor, invite.id);

const correcting = ({ requests, actor, invite }: PlantedInviteScene) =>
  requests.updateInvite(actor, invite.id, { email: another });

/** A request by the actor about an invite that their colleague has sent. */
const byAnother =
  (run: (planted: PlantedInviteScene) => InviteScene['run'], given: Parameters<typeof plantInvite>[2] = {}) =>
  async (): Promise<InviteScene> => {
    const { actor, colleague, ...planted } = await plantInviteScene(given);
    const swapped = { ...planted, actor: colleague, colleague: actor };
    return { ...swapped, run: run(swapped) };
  };

/** The guard of every change of roles, whether or not it also corrects the address: the same inviter is still responsible. */
const handOverRow = (change: { email?: string }): GuardRow<InviteScene> => ({
  harm: 'an invite of a manager, which the removal of its inviter has just revoked, is pending again with other roles',
  scene: byAnother(
    ({ requests, actor, invite }) =>
      requests.updateInvite(actor, invite.id, { ...change, roles: [{ role: 'member' }] }),
    { assignments: [{ role: 'organization_manager' }] },
  ),
  meanwhile: ({ organizationId, requests, actor, colleague }) =>
    succeed(organizationId, requests.removeUser(actor, colleague, actor, 'revoke_managers')),
  harmed: (_scene, result) => result.ok,
});

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

/** Whether a bulk request for a single invite changed it. */
const isChanged = (result: Result<unknown>): boolean =>
  result.ok && (result.value as { results: { ok: boolean }[] }).results.every(({ ok }) => ok);

/** Adapts rows to a bulk request, which succeeds as a whole even if it does not change the invite. */
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
  'organization: treeVersion =': {
    harm: 'an invite is sent again although the pool of its only role was just deleted',
    scene: withRoleOnPool(run),
    meanwhile: deletePoolOfRole,
    harmed: (_scene, result) => result.ok,
  },
});

const revokeGuards = (
  run: (planted: PlantedInviteScene) => InviteScene['run'],
): Record<string, GuardRow<InviteScene>> => ({
  ...rightGuards,
  'address: inviteId =': {
    harm: 'revoking an expired invite frees its address, although a newer invite holds it',
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
        harm: 'an address whose earlier invite ended because its inviter lost the right to invite has two pending invites',
        scene: invitingDeadAddress,
        meanwhile: ({ organizationId, requests, colleague, invite }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [invite.email])),
        harmed: async (scene) => {
          const pending = await pendingAt(scene, scene.invite.email);
          return pending.filter(({ id }) => id !== scene.invite.id).length > 1;
        },
      },
      'invites: version =': {
        harm: 'an invite that a manager has just given new roles is ended by a new invite to its address',
        scene: invitingWithoutPool,
        meanwhile: revive,
        harmed: isReplaced,
      },
      'person mails: no asked or asked <=': {
        harm: 'a person with several organizations requests more emails than the daily quota of one',
        scene: inviting([nobody], 1),
        meanwhile: requestElsewhere(1),
        harmed: (_scene, result) => createdOf(result) === 1,
      },
      'quota: no asked or asked <=': {
        harm: 'an organization requests more emails than its daily quota allows',
        scene: inviting([nobody], 1),
        meanwhile: ({ organizationId, requests, colleague }) =>
          succeed(organizationId, requests.inviteUsers(colleague, [another])),
        harmed: async ({ organizationId }) => {
          const item = await tableOf(organizationId).get(keys.quota(organizationId, dayOf(clock.now())));
          return item?.asked === 2;
        },
      },
      'organization: treeVersion =': [
        {
          harm: 'somebody is invited to a role on a pool that was just deleted',
          scene: onNewPool(({ requests, actor }, poolId) =>
            requests.inviteUsers(actor, [nobody], [{ role: 'engineer', poolId }]),
          ),
          meanwhile: deletePoolOfRole,
          harmed: async (scene) =>
            (await pendingAt(scene, nobody)).some((invite) => namesDeletedPool(invite, scene.poolId)),
        },
        {
          harm: 'an address is invited although the organization has just stopped allowing its domain',
          scene: inviting([elsewhere]),
          meanwhile: restrictDomains,
          harmed: async (scene) => (await pendingAt(scene, elsewhere)).length > 0,
        },
      ],
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
    operation: 'inviteUsers: reserves the mails of several parts',
    scene: () => invitingTwoParts(),
    write: 1,
    guards: {
      'person mails: no asked or asked <=': {
        harm: 'a person with several organizations reserves more emails than the daily quota of one',
        scene: () => invitingTwoParts(40),
        meanwhile: requestElsewhere(20),
        harmed: (_scene, result) => createdOf(result) > 20,
      },
      'quota: no asked or asked <=': {
        harm: 'two calls at the same time reserve more emails than the daily quota allows',
        scene: () => invitingTwoParts(40),
        meanwhile: ({ organizationId, requests, colleague }) =>
          succeed(organizationId, requests.inviteUsers(colleague, addresses(20))),
        harmed: async (scene) => (await askedIn(scene)) > 40,
      },
      'idempotency: no item or ttl <=': {
        harm: 'a repeated request reserves its emails twice, and the second reservation is lost for the day',
        meanwhile: ({ organizationId, run }) => run(allServicesOf(organizationId, asItIs)),
        harmed: async (scene) => (await askedIn(scene)) > 31,
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'inviteUsers: returns the mails that it did not use',
    scene: invitingWithTooMuch,
    write: 3,
    guards: {
      'idempotency: has item': {
        harm: 'a repeated request returns unused emails twice, so the organization can request more than its daily quota',
        meanwhile: (scene) =>
          returnUnused(
            quotaTableOf(scene),
            requesterOf(scene),
            tooMuch(),
            endsOfTwoParts,
            repeatedAs('one').idempotency,
          ),
        harmed: async (scene) => (await askedIn(scene)) < 31,
      },
    },
  }),
  guarded<InviteScene>({
    operation: 'updateInvite: roles',
    scene: byAnother(({ requests, actor, invite }) =>
      requests.updateInvite(actor, invite.id, { roles: [{ role: 'organization_manager' }] }),
    ),
    guards: {
      ...rightGuards,
      'invites: version =': {
        harm: 'a change of roles succeeds on an invite that was just revoked',
        meanwhile: revokeByColleague,
        harmed: (_scene, result) => result.ok,
      },
      'invites: no ending': {
        harm: 'a change of roles succeeds on an invite that a new invite to its address has just replaced',
        scene: async () => {
          const planted = await plantInviteWithoutPool();
          const { requests, actor, invite } = planted;
          return { ...planted, run: requests.updateInvite(actor, invite.id, { roles: [{ role: 'member' }] }) };
        },
        meanwhile: inviteAgain,
        harmed: (_scene, result) => result.ok,
      },
      'user: version =': handOverRow({}),
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
      'user: version =': handOverRow({ email: another }),
      'invites: version =': {
        harm: 'a correction of the address reverts a concurrent change of roles',
        meanwhile: changeRolesOfInvite,
        harmed: async (scene) => (await inviteIn(scene)).assignments.every(({ role }) => role === 'member'),
      },
      'address: inviteId =': {
        harm: 'correcting the address of an expired invite frees the old address, although a newer invite holds it',
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
      'organization: treeVersion =': [
        {
          harm: 'an invite gets a role on a pool that was just deleted',
          scene: onNewPool(({ requests, actor, invite }, poolId) =>
            requests.updateInvite(actor, invite.id, { email: another, roles: [{ role: 'engineer', poolId }] }),
          ),
          meanwhile: deletePoolOfRole,
          harmed: async (scene) => namesDeletedPool(await inviteIn(scene), scene.poolId),
        },
        {
          harm: 'an invite gets an address although the organization has just stopped allowing its domain',
          scene: sceneOf(({ requests, actor, invite }) =>
            requests.updateInvite(actor, invite.id, { email: elsewhere }),
          ),
          meanwhile: restrictDomains,
          harmed: (_scene, result) => result.ok,
        },
      ],
    },
  }),
  guarded<InviteScene>({
    operation: 'resendInvite',
    scene: sceneOf(resending),
    guards: {
      ...resendGuards(resending),
      'organization: treeVersion =': [
        ...[resendGuards(resending)['organization: treeVersion =']].filter((row) => row !== undefined),
        {
          harm: 'an invite is sent again although the organization has just stopped allowing the domain of its address',
          scene: sceneOf(resending, { email: elsewhere }),
          meanwhile: restrictDomains,
          harmed: (_scene, result) => result.ok,
        },
      ],
    },
  }),
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
        harm: 'a manager revokes a version of an invite other than the one in their If-Match header',
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
        harm: 'the response shows a revoked invite with outdated roles',
        meanwhile: changeRolesOfInvite,
        harmed: (_scene, result) => JSON.stringify(result).includes('"role":"member"'),
      },
    }),
  }),
];
