import { beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/api/route.ts';
import { findOwners } from '../../shared/assets/owner.ts';
import { followUp } from '../../shared/handover/follow-up.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { resourceItem } from '../../shared/resources/resource.ts';
import type { Services } from '../../shared/ports.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put, type Item } from '../../shared/table/write.ts';
import { doDueWork } from '../../shared/worker/do-due-work.ts';
import { parseUser, userItem, type User } from '../../shared/users/user.ts';
import { allOf, oneOfEach, ownersShown } from '../support/assets.ts';
import { clock } from '../support/clock.ts';
import { meter } from '../support/measure.ts';
import { callerOf, servicesOf, workServicesOf } from '../support/operations.ts';
import { newMember, newOrganization, take } from '../support/organization.ts';
import { aManager, aUser, plantOrganization, plantUsers, type PlantedOrganization } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';
import { stopStream } from '../support/stream.ts';

const stack = useStack();

/** Everything that a test needs to call operations as the manager of an organization whose users have no accounts. */
interface Hand {
  organization: PlantedOrganization;
  services: Services;
  actor: Caller;
  managerId: string;
}

const newHand = async (users: User[]): Promise<Hand> => {
  const organization = await plantOrganization([aManager()]);
  await plantUsers(organization.id, users);
  const [manager = expect.unreachable()] = organization.users;
  return {
    organization,
    services: servicesOf(organization.id),
    actor: callerOf(manager),
    managerId: manager.id,
  };
};

const remove = async ({ organization, services, actor }: Hand, leaver: User, successor: User): Promise<void> => {
  const result = await removeUser(services)(actor, {
    params: { ...organization.params, userId: leaver.id },
    query: { successorId: successor.id, pendingInvites: 'keep' },
    body: undefined,
  });
  expect(result).toMatchObject({ ok: true });
};

const restore = async ({ organization, services, actor }: Hand, user: User): Promise<void> => {
  const params = { ...organization.params, userId: user.id };
  const result = await restoreUser(services)(actor, { params, query: {}, body: undefined });
  expect(result).toMatchObject({ ok: true });
};

const recordOf = async ({ organization, services }: Hand, { id }: Pick<User, 'id'>): Promise<User> =>
  parseUser(await services.table.get(keys.user(organization.id, id)));

/** Does the due work of the worker for a user. */
const follow = ({ organization }: Hand, { id }: User): Promise<unknown> =>
  followUp(workServicesOf(), organization.id, keys.user(organization.id, id));

/** The owners of the assets that these users hold, and the number of requests that finding all of them needs. */
const owners = async ({ organization, services }: Hand, users: readonly Pick<User, 'id'>[]) => {
  const { cost, measured } = meter();
  const ownerOf = await findOwners(
    measured(services.table),
    organization.id,
    users.map(({ id }) => id),
  );
  return { requests: cost.requests, owners: [...new Set(users.map(({ id }) => ownerOf(id).id))] };
};

const everybody = (count: number): User[] => Array.from({ length: count }, (_, n) => aUser({ name: `Number ${n}` }));

/** Removes the users of the chain one after another. The successor of each is the next user. */
const removeInTurn = async (hand: Hand, chain: User[], after: (leaver: User) => Promise<unknown> = async () => {}) => {
  for (const [index, successor] of chain.slice(1).entries()) {
    const leaver = chain[index] ?? expect.unreachable();
    await remove(hand, leaver, successor);
    await after(leaver);
  }
};

describe('a hand-over from A to B, from B to C and from C to D', () => {
  test('makes D the owner of all assets, and each user shows whom they took over from', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const names = ['Ada', 'Bob', 'Cyd', 'Dan'];
    const people = [];
    for (const name of names) people.push(await newMember(stack, organization, [{ role: 'member' }], name));
    const assets = [];
    for (const { userId } of people) assets.push(await oneOfEach(organization, userId));
    const [, , , dan = expect.unreachable()] = people;
    for (const [index, successor] of people.slice(1).entries()) {
      const userId = people[index]?.userId ?? expect.unreachable();
      const query = { successorId: successor.userId };
      take(await manager.client.removeUser({ params: { ...params, userId }, query }));
    }
    for (const settled of [false, true]) {
      if (settled) await stack.drain();
      for (const each of assets) expect(await ownersShown(organization, each)).toEqual(allOf(dan.userId));
    }
    const resources = take(await manager.client.listResources({ params, query: { ownerId: dan.userId } })).items;
    expect(resources).toHaveLength(names.length);
    const from = async (userId: string) =>
      take(await manager.client.getUser({ params: { ...params, userId } })).takenOverFrom.map(({ name }) => name);
    expect(await Promise.all(people.map(({ userId }) => from(userId)))).toEqual([[], ['Ada'], ['Bob'], ['Cyd']]);
  });
});

describe('the requests needed to find the owner at the end of a chain', () => {
  const length = 15;
  let hand: Hand;
  let chain: User[];
  let last: User;
  let beforeLast: User;

  beforeAll(async () => {
    chain = everybody(length);
    hand = await newHand(chain);
    [beforeLast, last] = [chain.at(-2) ?? expect.unreachable(), chain.at(-1) ?? expect.unreachable()];
    await removeInTurn(hand, chain.slice(0, -1), (leaver) => follow(hand, leaver));
  });

  test('are 2 if the worker has run after each removal', async () => {
    for (const user of chain.slice(0, -2))
      expect(await owners(hand, [user])).toEqual({ requests: 2, owners: [beforeLast.id] });
  });

  test('are 3 until the worker has run after the last removal, then 2', async () => {
    await remove(hand, beforeLast, last);
    for (const user of chain.slice(0, -2))
      expect(await owners(hand, [user])).toEqual({ requests: 3, owners: [last.id] });
    await follow(hand, beforeLast);
    for (const user of chain.slice(0, -1))
      expect(await owners(hand, [user])).toEqual({ requests: 2, owners: [last.id] });
  });

  test('are 2 again once the worker has run after a restore; until then, stale shortcuts still lead to the owner', async () => {
    await restore(hand, beforeLast);
    for (const user of chain.slice(0, -2)) {
      const found = await owners(hand, [user]);
      expect(found.owners).toEqual([beforeLast.id]);
      expect(found.requests).toBeLessThanOrEqual(length);
    }
    expect(await owners(hand, [last])).toEqual({ requests: 1, owners: [last.id] });
    await doDueWork(workServicesOf());
    for (const user of chain.slice(0, -2))
      expect(await owners(hand, [user])).toEqual({ requests: 2, owners: [beforeLast.id] });
  });

  test('are also 2 if the worker runs only after all removals', async () => {
    const late = everybody(length);
    const other = await newHand(late);
    const [end = expect.unreachable()] = late.slice(-1);
    await removeInTurn(other, late);
    for (const user of late) expect((await owners(other, [user])).owners).toEqual([end.id]);
    expect(await owners(other, late)).toEqual({ requests: 1, owners: [end.id] });
    await doDueWork(workServicesOf());
    for (const user of late.slice(0, -1))
      expect(await owners(other, [user])).toEqual({ requests: 2, owners: [end.id] });
  });
});

describe('a restore of all users of a chain, the last removed first', () => {
  test.each([
    ['the worker runs each time', true],
    ['the worker never runs', false],
  ])('gives each user exactly their own assets back if %s', async (_, followed) => {
    const chain = everybody(5);
    const hand = await newHand(chain);
    const after = async (user: User) => (followed ? follow(hand, user) : undefined);
    await removeInTurn(hand, chain, after);
    for (let index = chain.length - 2; index >= 0; index -= 1) {
      const back = chain[index] ?? expect.unreachable();
      await restore(hand, back);
      await after(back);
      for (const user of chain.slice(0, index + 1)) expect((await owners(hand, [user])).owners).toEqual([back.id]);
      for (const user of chain.slice(index + 1)) expect((await owners(hand, [user])).owners).toEqual([user.id]);
      expect((await recordOf(hand, back)).holdings.toSorted()).toEqual(
        chain
          .slice(0, index + 1)
          .map(({ id }) => id)
          .toSorted(),
      );
    }
    for (const user of chain) {
      const { holdings, takenOver, status } = await recordOf(hand, user);
      expect({ holdings, takenOver, status }).toEqual({ holdings: [user.id], takenOver: [], status: 'active' });
    }
  });

  test('leads to the right owners although shortcuts of an earlier chain are stale', async () => {
    const [a, b, c, d] = [aUser(), aUser(), aUser(), aUser()];
    const hand = await newHand([a, b, c, d]);
    await removeInTurn(hand, [a, b, c], (user) => follow(hand, user));
    await restore(hand, b);
    await remove(hand, b, d);
    // A’s shortcut still leads to C.
    for (const user of [a, b]) expect((await owners(hand, [user])).owners).toEqual([d.id]);
    await remove(hand, d, c);
    for (const user of [a, b, d]) expect((await owners(hand, [user])).owners).toEqual([c.id]);
    await follow(hand, d);
    await restore(hand, d);
    for (const user of [a, b]) expect((await owners(hand, [user])).owners).toEqual([d.id]);
    await restore(hand, b);
    await restore(hand, a);
    for (const user of [a, b, c, d]) expect((await owners(hand, [user])).owners).toEqual([user.id]);
  });
});

describe('1,000 removals with one successor', () => {
  const removals = 1_000;
  /** The number of removals that are carried out. The records of all others are written directly, as a removal leaves them. */
  const done = 20;
  /** One in this many leavers has a resource. */
  const every = 4;
  const largestItem = 400 * 1024;
  let hand: Hand;
  let leavers: User[];
  let heir: User;
  let resourceIds: string[];

  const putAll = async (items: Item[]) => {
    for (let start = 0; start < items.length; start += 100)
      await hand.services.table.transact(items.slice(start, start + 100).map((item) => put(item)));
  };

  beforeAll(async () => {
    await stopStream(stack);
    const everyone = everybody(removals);
    const [before, rest] = [everyone.slice(0, -done), everyone.slice(-done)];
    const at = clock.now();
    heir = aUser({ name: 'Heir', version: 1 + before.length });
    heir.holdings.push(...before.map(({ id }) => id));
    heir.takenOver.push(...before.map(({ id, name }) => ({ id, name, at })));
    hand = await newHand([heir, ...rest]);
    const { id, rootPoolId } = hand.organization;
    const removed = { status: 'removed' as const, removedAt: at, removedBy: hand.managerId, successorId: heir.id };
    const gone = before.map((user): User => ({ ...user, ...removed, version: user.version + 1 }));
    await putAll(gone.map((user) => userItem(id, user)));
    leavers = [...gone, ...rest];
    const resources = [...leavers.filter((_, n) => n % every === 0), heir].map((holder, n) =>
      resourceItem(id, {
        id: `res_${String(n).padStart(4, '0')}`,
        name: 'Server',
        type: 'vm',
        poolId: rootPoolId,
        holderId: holder.id,
        tags: {},
        createdAt: at,
        ingestedIn: [],
        version: 1,
      }),
    );
    resourceIds = resources.map((item) => String(item.id));
    await putAll(resources);
    for (const leaver of rest) {
      await remove(hand, leaver, heir);
      await follow(hand, leaver);
    }
    // The records that were written directly equal those of a real removal.
    const [written = expect.unreachable(), real = expect.unreachable()] = [gone.at(-1), rest.at(-1)];
    const { personId: _, email: __, ...left } = await recordOf(hand, real);
    const own = { id: real.id, name: real.name, holdings: [real.id], joinedAt: real.joinedAt };
    const { personId: ___, email: ____, ...planted } = written;
    expect(left).toEqual({ ...planted, ...own, removedAt: left.removedAt });
  }, 60_000);

  /** The ids of all resources in the list of an owner, and the cost of each page. */
  const listAll = async (owner: User, limit = 100) => {
    const { organization, services, actor } = hand;
    const { treeVersion } = parseOrganization(await services.table.get(keys.organization(organization.id)));
    const tree = await services.poolTree(services.table, organization.id, treeVersion);
    const found: string[] = [];
    const pages: { queries: number; batches: number }[] = [];
    let cursor: string | undefined;
    do {
      const page = { queries: 0, batches: 0 };
      const counting = (table: Table): Table => ({
        ...table,
        query: (query) => ((page.queries += 1), table.query(query)),
        getEach: (batch) => ((page.batches += Math.ceil(batch.length / 100)), table.getEach(batch)),
      });
      const result = await listResources({
        ...services,
        table: counting(services.table),
        poolTree: async () => tree,
      })(actor, {
        params: organization.params,
        query: { ownerId: owner.id, subPools: false, limit, ...(cursor !== undefined && { cursor }) },
        body: undefined,
      });
      if (!result.ok) expect.unreachable(result.error.code);
      expect(result.value.items.every(({ ownerId }) => ownerId === owner.id)).toBe(true);
      found.push(...result.value.items.map(({ id }) => id));
      pages.push(page);
      cursor = result.value.nextCursor;
    } while (cursor !== undefined);
    return { found, pages };
  };

  test('leave the successor’s record below the size limit of an item, and it lists all leavers', async () => {
    const item = await hand.services.table.get(keys.user(hand.organization.id, heir.id));
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(largestItem);
    const { holdings, takenOver } = parseUser(item);
    expect(holdings).toEqual([heir.id, ...leavers.map(({ id }) => id)]);
    expect(takenOver.map(({ id }) => id)).toEqual(leavers.map(({ id }) => id));
  });

  test('leave all resources in the successor’s list, of which a page costs at most 10 queries and two BatchGets', async () => {
    const { found, pages } = await listAll(heir);
    expect(found.toSorted()).toEqual(resourceIds);
    for (const { queries, batches } of pages) {
      expect(queries).toBeLessThanOrEqual(10);
      expect(batches).toBeLessThanOrEqual(2);
    }
  });

  test('need one request per 100 leavers to find the owner, and one for the successor', async () => {
    expect(await owners(hand, leavers)).toEqual({ requests: removals / 100 + 1, owners: [heir.id] });
  });

  test('do not enlarge the removal of the successor: it writes at most 13 items, and the next successor owns everything', async () => {
    const next = aUser({ name: 'Next' });
    await plantUsers(hand.organization.id, [next]);
    const { cost, measured } = meter();
    const { organization, services } = hand;
    const counted = { ...services, tenantTable: (...roots: [string]) => measured(services.tenantTable(...roots)) };
    await remove({ ...hand, services: counted }, heir, next);
    expect(cost.written).toBeLessThanOrEqual(13);
    const item = await services.table.get(keys.user(organization.id, next.id));
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(largestItem);

    const right = { owners: [next.id] };
    expect(await owners(hand, leavers)).toEqual({ ...right, requests: removals / 100 + 2 });
    await follow(hand, heir);
    expect(await owners(hand, leavers)).toEqual({ ...right, requests: removals / 100 + 1 });
    const { found } = await listAll(next);
    expect(found.toSorted()).toEqual(resourceIds);
    expect((await listAll(heir)).found).toEqual([]);
  });

  test('can be undone for one leaver, who gets their own resources back, while the others do not change', async () => {
    const [heirIsBack, one] = [heir, leavers[every] ?? expect.unreachable()];
    await restore(hand, heirIsBack);
    await follow(hand, heirIsBack);
    await restore(hand, one);
    expect((await listAll(one)).found).toEqual([resourceIds[1]]);
    const others = leavers.filter(({ id }) => id !== one.id);
    expect(await owners(hand, others)).toEqual({ owners: [heir.id], requests: removals / 100 + 1 });
  });
});
