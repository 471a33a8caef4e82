import { describe, expect, test } from 'vitest';
import { removeUsers } from '../../shared/handover/remove-users.ts';
import { usersChangeSecondsMax } from '../../shared/limits.ts';
import { idsOf } from '../../shared/named.ts';
import type { Services } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import { changeRolesOfUsers } from '../../shared/users/change-roles-of-users.ts';
import { isActive, parseUser, type User } from '../../shared/users/user.ts';
import { isOrganizationManager, type RoleAssignment } from '../../shared/roles/role.ts';
import { atInstant, callerOf, servicesOf } from '../support/operations.ts';
import { clock } from '../support/clock.ts';
import {
  aManager,
  aUser,
  plantOrganization,
  plantPools,
  plantUsers,
  type PlantedOrganization,
} from '../support/planted.ts';
import { requestsIn } from '../support/requests.ts';
import { asItIs, race, without, won, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';
import { stopStream } from '../support/stream.ts';
import { changesOf, everyItem } from '../support/table-items.ts';
import { after, second } from '../../shared/time.ts';

/**
 * Tests of requests that change several users: each user has their own outcome, and a dry run predicts exactly what the request
 * would do.
 */
const stack = useStack();

type Action = 'add' | 'remove' | 'replace';

interface Options {
  dryRun?: boolean;
  services?: Services;
}

const changeRoles = async (
  { id, params }: PlantedOrganization,
  by: User,
  [action, ...roles]: [Action, ...RoleAssignment[]],
  userIds: string[],
  { dryRun = false, services = servicesOf(id) }: Options = {},
) => {
  const body = { action, roles, userIds, dryRun };
  const result = await changeRolesOfUsers(services)(callerOf(by), { params, query: {}, body });
  return result.ok ? result.value : expect.unreachable(result.error.code);
};

const remove = async (
  { id, params }: PlantedOrganization,
  by: User,
  userIds: string[],
  successorId: string,
  { dryRun = false, services = servicesOf(id) }: Options = {},
) => {
  const body = { userIds, successorId, pendingInvites: 'revoke' as const, dryRun };
  const result = await removeUsers(services)(callerOf(by), { params, query: {}, body });
  return result.ok ? result.value : expect.unreachable(result.error.code);
};

const codesOf = ({ results }: { results: { ok: boolean; code?: string }[] }) =>
  results.map(({ ok, code }) => (ok ? 'done' : code));

const usersNow = async ({ id }: PlantedOrganization, users: readonly User[]): Promise<User[]> =>
  (await servicesOf(id).table.batchGet(users.map((user) => keys.user(id, user.id)))).map(parseUser);

const managersLeft = async (organization: PlantedOrganization, users: readonly User[]): Promise<number> =>
  (await usersNow(organization, users)).filter((user) => isActive(user) && isOrganizationManager(user.assignments))
    .length;

const member: RoleAssignment = { role: 'member' };
const organizationManager: RoleAssignment = { role: 'organization_manager' };

describe('the roles of several users', () => {
  test('change independently of errors of other users, as the dry run predicted', async () => {
    const [manager, ben, cleo, gone] = [aManager(), aUser(), aUser(), aUser()];
    const organization = await plantOrganization([manager, ben, cleo, gone]);
    const { id, rootPoolId } = organization;
    const [web = ''] = await plantPools(id, ['Web'], { parentId: rootPoolId, holderId: manager.id });
    const engineer: RoleAssignment = { role: 'engineer', poolId: web };
    await remove(organization, manager, [gone.id], manager.id);
    await changeRoles(organization, manager, ['add', engineer], [ben.id]);

    const userIds = [cleo.id, 'usr_none', gone.id, ben.id, cleo.id, manager.id];
    const change = (options?: Options) => changeRoles(organization, manager, ['add', engineer], userIds, options);
    const before = await everyItem(stack);
    const forecast = await change({ dryRun: true });
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
    const done = await change();
    expect(done).toEqual(forecast);
    expect(done.results.map((each) => each.id)).toEqual([cleo.id, 'usr_none', gone.id, ben.id, manager.id]);
    expect(codesOf(done)).toEqual(['done', 'user_not_found', 'already_removed', 'done', 'done']);
    expect(done.results.map(({ user }) => user?.roles.map(({ role }) => role))).toEqual([
      ['member', 'engineer'],
      undefined,
      undefined,
      ['member', 'engineer'],
      ['organization_manager', 'engineer'],
    ]);
    const removal = await changeRoles(organization, manager, ['remove', engineer, member], userIds);
    expect(removal.results.map(({ user }) => user?.roles.map(({ role }) => role))).toEqual([
      ['member'],
      undefined,
      undefined,
      ['member'],
      ['organization_manager'],
    ]);
  });

  test('cannot be changed so that no organization manager is left, as the dry run predicted', async () => {
    const managers = [aManager(), aManager(), aManager()];
    const organization = await plantOrganization(managers);
    const [, acting = expect.unreachable()] = managers;
    const demote = (options?: Options) =>
      changeRoles(organization, acting, ['replace', member], idsOf(managers), options);
    const forecast = await demote({ dryRun: true });
    expect(codesOf(forecast)).toEqual(['done', 'last_organization_manager', 'done']);
    expect(await demote()).toEqual(forecast);
    expect(await managersLeft(organization, managers)).toBe(1);
  });

  test('change for the caller last, because the caller may lose the right to change the others', async () => {
    const [acting, other, ben] = [aManager(), aManager(), aUser()];
    const organization = await plantOrganization([acting, other, ben]);
    const change = (options?: Options) =>
      changeRoles(organization, acting, ['replace', member], idsOf([acting, ben]), options);
    const forecast = await change({ dryRun: true });
    expect(codesOf(await change())).toEqual(['done', 'done']);
    expect(codesOf(forecast)).toEqual(['done', 'done']);
    expect(await managersLeft(organization, [acting, other])).toBe(1);
  });

  test('leave one organization manager if two managers each demote all others at the same time', async () => {
    const demoteEachOther = async (change: Change) => {
      const [a, b] = [aManager(), aManager()];
      const organization = await plantOrganization([a, b]);
      const { changeRolesOfUsers: demote } = requestsIn(organization.id);
      const outcomes = await race(change, organization.id, [demote(a, [b], [member]), demote(b, [a], [member])]);
      return { won: won(outcomes), managers: await managersLeft(organization, [a, b]) };
    };
    expect(await demoteEachOther(asItIs)).toEqual({ won: 1, managers: 1 });
    expect(await demoteEachOther(without('forbidden', 'last_organization_manager'))).toEqual({ won: 2, managers: 0 });
  });

  test('are no longer changed once the request has run for too long', async () => {
    const [manager, ben] = [aManager(), aUser()];
    const organization = await plantOrganization([manager, ben]);
    const services = servicesOf(organization.id);
    const begin = clock.now();
    let now = begin;
    const slow = atInstant(services, begin);
    const late: Services = {
      ...slow,
      clock: { ...slow.clock, now: () => now },
      poolTree: (...given) => {
        now = after(begin, usersChangeSecondsMax * second + 1);
        return services.poolTree(...given);
      },
    };
    const done = await changeRoles(organization, manager, ['add', organizationManager], [ben.id], { services: late });
    expect(codesOf(done)).toEqual(['unavailable']);
    expect(await managersLeft(organization, [ben])).toBe(0);
  });
});

describe('several users', () => {
  test('are removed once with one successor, independently of errors of other users, as the dry run predicted', async () => {
    const [manager, heir, ben, cleo, gone] = [aManager(), aUser(), aUser(), aUser(), aUser()];
    const organization = await plantOrganization([manager, heir, ben, cleo, gone]);
    const { id, rootPoolId } = organization;
    await stopStream(stack);
    await plantPools(id, ['Of Ben'], { parentId: rootPoolId, holderId: ben.id });
    await plantPools(id, ['Of Cleo', 'Of Cleo too'], { parentId: rootPoolId, holderId: cleo.id });
    await remove(organization, manager, [gone.id], manager.id);

    const userIds = [cleo.id, 'usr_none', gone.id, ben.id];
    const services = atInstant(servicesOf(id), clock.now());
    const before = await everyItem(stack);
    const forecast = await remove(organization, manager, userIds, heir.id, { dryRun: true, services });
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
    const done = await remove(organization, manager, userIds, heir.id, { services });
    expect(done).toEqual(forecast);
    expect(codesOf(done)).toEqual(['done', 'user_not_found', 'already_removed', 'done']);
    expect(done.results.map(({ takenOver }) => takenOver?.pools)).toEqual([2, undefined, undefined, 1]);
    expect(done.results.map(({ user }) => user?.successorId)).toEqual([heir.id, undefined, undefined, heir.id]);
    expect(done.successor).toMatchObject({ id: heir.id, takenOverCount: 2, version: 3 });
    const [heirNow] = await usersNow(organization, [heir]);
    expect(heirNow?.holdings).toEqual([heir.id, cleo.id, ben.id]);

    // All of them have already been removed with this successor.
    expect(await remove(organization, manager, userIds, heir.id, { services })).toEqual(done);
    expect((await usersNow(organization, [heir]))[0]?.version).toBe(3);
    const other = await remove(organization, manager, userIds, manager.id);
    expect(codesOf(other)).toEqual(['already_removed', 'user_not_found', 'done', 'already_removed']);
  });

  test('are not removed at all if the successor is among them', async () => {
    const [manager, ben] = [aManager(), aUser()];
    const { id, params } = await plantOrganization([manager, ben]);
    const body = { userIds: [ben.id, manager.id], successorId: ben.id, pendingInvites: 'keep' as const, dryRun: false };
    const result = await removeUsers(servicesOf(id))(callerOf(manager), { params, query: {}, body });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'successor_is_leaver', errors: [{ pointer: '/successorId' }] },
    });
  });

  test('never include the last organization manager, in any order, and the caller is removed last', async () => {
    for (const order of [0, 1, 2]) {
      const [acting, other, third, heir] = [aManager(), aManager(), aManager(), aUser()];
      const organization = await plantOrganization([acting, other, third, heir]);
      const leavers = [other, third].toSpliced(order, 0, acting);
      const forecast = await remove(organization, acting, idsOf(leavers), heir.id, { dryRun: true });
      const done = await remove(organization, acting, idsOf(leavers), heir.id);
      expect(codesOf(forecast)).toEqual(codesOf(done));
      expect(codesOf(done)).toEqual(
        leavers.map((leaver) => (leaver === acting ? 'last_organization_manager' : 'done')),
      );
      expect(await managersLeft(organization, leavers)).toBe(1);
    }
  });

  test('are removed once if two requests name different successors', async () => {
    const removeTwice = async (change: Change) => {
      const [manager, one, two, ben] = [aManager(), aUser(), aUser(), aUser()];
      const organization = await plantOrganization([manager, one, two, ben]);
      const removal = (successor: User) => requestsIn(organization.id).removeUsers(manager, [ben], successor);
      const outcomes = await race(change, organization.id, [removal(one), removal(two)]);
      const heirs = (await usersNow(organization, [one, two])).filter(({ holdings }) => holdings.includes(ben.id));
      return { won: won(outcomes), heirs: heirs.length };
    };
    expect(await removeTwice(asItIs)).toEqual({ won: 1, heirs: 1 });
    expect(await removeTwice(without('retry'))).toEqual({ won: 2, heirs: 2 });
  });

  test('whom two requests remove with the same successor are all in the successor’s holdings', async () => {
    const [manager, heir, ben, cleo] = [aManager(), aUser(), aUser(), aUser()];
    const organization = await plantOrganization([manager, heir, ben, cleo]);
    const removal = (user: User) => requestsIn(organization.id).removeUsers(manager, [user], heir);
    expect(won(await race(asItIs, organization.id, [removal(ben), removal(cleo)]))).toBe(2);
    const [heirNow] = await usersNow(organization, [heir]);
    expect(heirNow?.holdings.toSorted()).toEqual(idsOf([heir, ben, cleo]).toSorted());
  });

  test('are removed within the time limit of a request if there are 100 of them', async () => {
    const [manager, heir] = [aManager(), aUser()];
    const leavers = Array.from({ length: 100 }, () => aUser());
    const organization = await plantOrganization([manager, heir]);
    await plantUsers(organization.id, leavers);
    const done = await remove(organization, manager, idsOf(leavers), heir.id);
    expect(new Set(codesOf(done))).toEqual(new Set(['done']));
    const [heirNow] = await usersNow(organization, [heir]);
    expect(heirNow?.holdings).toEqual(idsOf([heir, ...leavers]));
  });
});
