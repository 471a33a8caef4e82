import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { patience } from '../../infra/local/patience.ts';
import type { Operation, Route } from '../../shared/api/route.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { blockOrganization } from '../../shared/invites/block-organization.ts';
import { unblockOrganization } from '../../shared/invites/unblock-organization.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { getInvite } from '../../shared/invites/get-invite.ts';
import { inviteStatuses, type InviteStatus } from '../../shared/invites/invite-status.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { lookUpInvite } from '../../shared/invites/look-up-invite.ts';
import { requestNewInvite } from '../../shared/invites/request-new-invite.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { listMyInvites } from '../../shared/me/list-my-invites.ts';
import { liftSuppression } from '../../shared/operators/lift-suppression.ts';
import type { Account, Services } from '../../shared/ports.ts';
import type { Result } from '../../shared/result.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { keys } from '../../shared/table/keys.ts';
import { after, day, minute } from '../../shared/time.ts';
import { findUser } from '../../shared/users/find-users.ts';
import type { User } from '../../shared/users/user.ts';
import { recordDelivery } from '../../shared/invites/record-delivery.ts';
import { clock } from '../support/clock.ts';
import { runWorker, scriptedMailer, type ScriptedMailer } from '../support/deliveries.ts';
import { atInstant, callerOf, servicesOf } from '../support/operations.ts';
import { aManager, aUser, plantOrganization, plantPools, plantUsers } from '../support/planted.ts';
import { outcomeOf, type Run } from '../support/races.ts';
import { requestsIn } from '../support/requests.ts';
import { useStack } from '../support/stack.ts';

/**
 * Random histories of one address: it is invited, its pools are deleted, its inviter is demoted, it joins in another way, and so
 * on, in any order, with and without the worker in between. After each event every route that shows an invite, or that acts on
 * its status, is compared with `getInvite`.
 */
useStack();

interface World {
  organizationId: string;
  manager: User;
  inviter: User;
  pools: string[];
  account: Account;
  mailer: ScriptedMailer;
  /** Minutes that have passed. */
  minutes: number;
  inviteIds: string[];
  requests: ReturnType<typeof requestsIn>;
}

const begin = async (): Promise<World> => {
  const [manager, inviter] = [aManager(), aManager()];
  const { id: organizationId, rootPoolId } = await plantOrganization([manager, inviter]);
  const pools = await plantPools(organizationId, ['One', 'Two'], { parentId: rootPoolId, holderId: manager.id });
  const personId = crypto.randomUUID();
  const email = `${personId}@example.com`;
  return {
    organizationId,
    manager,
    inviter,
    pools,
    account: { personId, email, name: 'Ada', emailVerified: true, enabled: true, temporary: false },
    mailer: scriptedMailer(),
    minutes: 0,
    inviteIds: [],
    requests: requestsIn(organizationId),
  };
};

const now = ({ minutes }: World): string => after(clock.now(), minutes * minute);

const servicesIn = (world: World): Services => {
  const services = atInstant(servicesOf(world.organizationId), now(world));
  const find = async () => world.account;
  return { ...services, directory: { ...services.directory, findByEmail: find, findByPersonId: find } };
};

const ask = (world: World, run: Run) => run(servicesIn(world));

const work = (world: World) =>
  runWorker(world.mailer, {
    only: [world.organizationId],
    minutes: world.minutes,
    directory: servicesIn(world).directory,
  });

/** The link of the newest email of an invite. */
const linkOf = ({ mailer }: World, inviteId: string): string | undefined =>
  mailer.taken.flatMap(({ text }) => /#(\S+)/.exec(text)?.[1] ?? []).findLast((token) => token.includes(inviteId));

/** The link for blocking in the newest email of an invite: the last link of the email. */
const blockLinkOf = ({ mailer }: World, inviteId: string): string | undefined =>
  mailer.taken
    .flatMap(({ text }) => [...text.matchAll(/#(\S+)/g)].at(-1)?.[1] ?? [])
    .findLast((token) => token.includes(inviteId));

const byLink = (world: World, operation: Operation<never>, token: string): Promise<Result<unknown>> =>
  (operation as unknown as Operation<Route>)(servicesIn(world))(
    { requestId: crypto.randomUUID() },
    { params: {}, query: {}, body: { token } },
  );

const rolesOf = ({ pools }: World, kind: 'first' | 'both' | 'none'): RoleAssignment[] => {
  const [one = '', two = ''] = pools;
  return {
    first: [{ role: 'engineer' as const, poolId: one }],
    both: [one, two].map((poolId) => ({ role: 'manager' as const, poolId })),
    none: [{ role: 'member' as const }],
  }[kind];
};

const newest = ({ inviteIds }: World): string => inviteIds.at(-1) ?? 'inv_none';

/** What can happen. A refused request is no event, and changes nothing. */
const events = {
  invite: async (world: World, kind: 'first' | 'both' | 'none') => {
    const result = await ask(
      world,
      world.requests.inviteUsers(world.inviter, [world.account.email], rolesOf(world, kind)),
    );
    if (!result.ok) return;
    for (const { invite } of (result.value as { results: { invite?: { id: string } }[] }).results)
      if (invite) world.inviteIds.push(invite.id);
  },
  changeRoles: (world: World, kind: 'first' | 'both' | 'none') =>
    ask(world, world.requests.updateInvite(world.manager, newest(world), { roles: rolesOf(world, kind) })),
  deleteFirst: (world: World) => ask(world, world.requests.deletePool(world.manager, world.pools[0] ?? '')),
  deleteSecond: (world: World) => ask(world, world.requests.deletePool(world.manager, world.pools[1] ?? '')),
  demoteInviter: (world: World) =>
    ask(world, world.requests.changeRoles(world.manager, world.inviter, [{ role: 'member' }])),
  inviterStepsDown: (world: World) =>
    ask(world, world.requests.changeRoles(world.inviter, world.inviter, [{ role: 'member' }])),
  promoteInviter: (world: World) =>
    ask(world, world.requests.changeRoles(world.manager, world.inviter, [{ role: 'organization_manager' }])),
  resend: (world: World) => ask(world, world.requests.resendInvite(world.manager, newest(world))),
  resendFirst: (world: World) =>
    ask(world, world.requests.resendInvite(world.manager, world.inviteIds[0] ?? 'inv_none')),
  revoke: (world: World) => ask(world, world.requests.revokeInvite(world.manager, newest(world))),
  accept: (world: World) => byLink(world, acceptInvite, linkOf(world, newest(world)) ?? 'none'),
  decline: (world: World) => byLink(world, declineInvite, linkOf(world, newest(world)) ?? 'none'),
  joinOtherwise: async (world: World) => {
    const { organizationId, account } = world;
    const users = await usersOf(world);
    if (users.length === 0)
      await plantUsers(organizationId, [aUser({ personId: account.personId, email: `other-${account.email}` })]);
  },
  remove: async (world: World) => {
    for (const user of await usersOf(world))
      await ask(world, world.requests.removeUser(world.manager, user, world.manager));
  },
  restore: (world: World) => restoreLast(world),
  bounce: (world: World) =>
    recordDelivery(
      servicesIn(world),
      {
        organizationId: world.organizationId,
        inviteId: newest(world),
        email: world.account.email,
        round: 1,
        messageId: 'm',
        outcome: 'bounced',
        suppresses: true,
      },
      'event',
    ),
  liftSuppression: ({ organizationId, account: { email } }: World) =>
    liftSuppression(servicesOf(undefined), { organizationId, email }, 'operators'),
  block: (world: World) => byLink(world, blockOrganization, blockLinkOf(world, newest(world)) ?? 'none'),
  unblock: (world: World) => byLink(world, unblockOrganization, blockLinkOf(world, newest(world)) ?? 'none'),
  anHour: async (world: World) => void (world.minutes += 60),
  aWeek: async (world: World) => void (world.minutes += (8 * day) / minute),
  work,
};

/** The active user of the invited person, if any. */
const usersOf = async (world: World): Promise<User[]> => {
  const { table } = servicesOf(world.organizationId);
  const membership = await table.get(keys.membership(world.organizationId, world.account.personId));
  if (typeof membership?.userId !== 'string') return [];
  const user = await findUser(table, world.organizationId, membership.userId);
  return user ? [user] : [];
};

const restoreLast = async (world: World): Promise<void> => {
  const { table } = servicesOf(world.organizationId);
  const item = await table.get(keys.removedUser(world.organizationId, world.account.email));
  if (typeof item?.removedUserId !== 'string') return;
  const params = { organizationId: world.organizationId, userId: item.removedUserId };
  await restoreUser(servicesIn(world))(callerOf(world.manager), { params, query: {}, body: undefined });
};

/** The failure of a link for each status. A pending invite has none. */
const linkFailures: Record<InviteStatus, string> = {
  pending: 'done',
  needs_roles: 'invite_void',
  accepted: 'invite_accepted',
  declined: 'invite_declined',
  revoked: 'invite_revoked',
  expired: 'invite_expired',
  already_member: 'already_member',
  blocked: 'invite_blocked',
};

const value = async <T>(result: Promise<Result<T>>): Promise<T> => {
  const read = await result;
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
};

const expectAgreement = async (world: World): Promise<void> => {
  const { organizationId, manager, account } = world;
  const services = servicesIn(world);
  const caller = callerOf(manager);
  const params = { organizationId };
  const list = async (query: object) =>
    (await value(listInvites(services)(caller, { params, query: { limit: 100, ...query }, body: undefined }))).items;
  const got = await Promise.all(
    world.inviteIds.map((inviteId) =>
      value(getInvite(services)(caller, { params: { ...params, inviteId }, query: {}, body: undefined })),
    ),
  );

  const newestFirst = got.toReversed();
  expect(await list({}), 'the list').toEqual(newestFirst);
  expect(await list({ search: account.email }), 'the search').toEqual(expect.arrayContaining(got));
  for (const status of inviteStatuses) {
    const ofStatus = newestFirst.filter((invite) => invite.status === status);
    expect(await list({ status }), `the filter ${status}`).toEqual(ofStatus);
    expect((await list({ status, search: account.email })).length, `the search for ${status}`).toBe(ofStatus.length);
  }

  for (const { id, status, roles } of got) {
    if (status === 'pending') expect(roles, 'the roles of a pending invite').not.toEqual([]);
    if (status === 'needs_roles') expect(roles).toEqual([]);
    const resending = () =>
      resendInvite(services)(caller, { params: { ...params, inviteId: id }, query: {}, body: undefined });
    if (status === 'needs_roles') expect(outcomeOf(await resending()), 'resending').toBe('invite_needs_roles');
    else if (status !== 'pending' && status !== 'expired')
      expect(outcomeOf(await resending()), `resending what is ${status}`).toBe('invite_settled');
    await expectLink(world, id, status as InviteStatus);
  }

  const pending = got.filter(({ status }) => status === 'pending');
  expect(pending.length, 'pending invites of one address').toBeLessThan(2);
  const mine = await value(
    listMyInvites(services)(callerOf(account), { params: {}, query: { limit: 100 }, body: undefined }),
  );
  expect(
    mine.items.map(({ id }) => id),
    'me/invites',
  ).toEqual(pending.map(({ id }) => id));
  const forecast = await value(
    inviteUsers(services)(caller, {
      params,
      query: {},
      body: { emails: [account.email], roles: [{ role: 'member' }], dryRun: true },
    }),
  );
  const [outcome] = forecast.results.map((result) => result.outcome);
  expect(outcome === 'already_invited', `a new invite, whose outcome is ${outcome}`).toBe(pending.length > 0);
};

const expectLink = async (world: World, inviteId: string, status: InviteStatus): Promise<void> => {
  const token = linkOf(world, inviteId);
  if (token === undefined) return;
  const use = async (operation: unknown) => outcomeOf(await byLink(world, operation as Operation<never>, token));
  const lookedUp = await use(lookUpInvite);
  // A resend replaces the link at once, and the worker sends the new one later.
  if (lookedUp === 'invite_superseded') return;
  expect(lookedUp, 'lookup').toBe(linkFailures[status]);
  if (status === 'pending') expect(await use(requestNewInvite), 'request-new').toBe('invite_pending');
  if (status === 'pending' || status === 'declined') return;
  expect(await use(declineInvite), 'declining').toBe(linkFailures[status]);
  const isUser = (await usersOf(world)).length > 0;
  if (status === 'accepted') expect(['done', 'invite_accepted'], 'accepting again').toContain(await use(acceptInvite));
  else expect(await use(acceptInvite), 'accepting').toBe(linkFailures[status]);
  if (status === 'accepted' && !isUser) expect(await use(acceptInvite), 'accepting again').toBe('invite_accepted');
  if (status !== 'expired') expect(await use(requestNewInvite), 'request-new').toBe(linkFailures[status]);
  else if (isUser && (await usersOf(world))[0]?.email === world.account.email)
    expect(['already_member', 'invite_superseded']).toContain(await use(requestNewInvite));
};

type Event = (world: World) => Promise<unknown>;

const kind = fc.constantFrom('first' as const, 'both' as const, 'none' as const);
const withRoles = ['invite', 'changeRoles'] as const;
const plain = (Object.keys(events) as (keyof typeof events)[]).filter(
  (name): name is Exclude<keyof typeof events, (typeof withRoles)[number]> => !withRoles.some((each) => each === name),
);

const named = (name: string, event: Event): { name: string; event: Event } => ({ name, event });
const anyEvent = fc.oneof(
  { weight: 3, arbitrary: kind.map((of) => named(`invite ${of}`, (world) => events.invite(world, of))) },
  { weight: 1, arbitrary: kind.map((of) => named(`changeRoles ${of}`, (world) => events.changeRoles(world, of))) },
  { weight: 4, arbitrary: fc.constantFrom('work' as const).map((name) => named(name, events[name])) },
  { weight: 9, arbitrary: fc.constantFrom(...plain).map((name) => named(name, events[name])) },
);

test(
  'every route that shows an invite, or that acts on its status, agrees with every other, whatever happened to it',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { minLength: 4, maxLength: 14, size: 'max' }), async (history) => {
        const world = await begin();
        await events.invite(world, 'first');
        const told: string[] = [];
        try {
          for (const { name, event } of history) {
            told.push(name);
            await event(world);
            await expectAgreement(world);
          }
        } catch (error) {
          if (error instanceof Error) error.message = `After ${told.join(', ')}: ${error.message}`;
          throw error;
        }
      }),
      {
        numRuns: Number(process.env.HISTORIES ?? '25'),
        interruptAfterTimeLimit: patience.histories,
        markInterruptAsFailure: true,
      },
    );
  },
  patience.histories + patience.test,
);
