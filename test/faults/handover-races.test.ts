import { beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/api/route.ts';
import { findOwners } from '../../shared/assets/owner.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { followUp } from '../../shared/handover/follow-up.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import type { Services } from '../../shared/ports.ts';
import { ok } from '../../shared/result.ts';
import { retryStale } from '../../shared/retry.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { resourceItem } from '../../shared/resources/resource.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { isActive, parseUser, type User } from '../../shared/users/user.ts';
import { clock } from '../support/clock.ts';
import { kindNames, kindOf, ownerShown } from '../support/assets.ts';
import { callerOf, servicesOf, workServicesOf } from '../support/operations.ts';
import {
  inviteByMail,
  newMember,
  newOrganization,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { aManager, aUser, plantOrganization, plantUsers, type PlantedOrganization } from '../support/planted.ts';
import { asItIs, meanwhile, outcomeOf, race, without, won, type Change, type Run } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

/** Races between hand-overs and other changes. Two of them also run without their guards, which shows that the guards decide. */
const stack = useStack();

/** A manager, and users who own a resource each. */
interface Scene {
  organization: PlantedOrganization;
  actor: Caller;
  services: Services;
}

const newScene = async (users: User[]): Promise<Scene> => {
  const manager = aManager();
  const organization = await plantOrganization([manager, ...users]);
  const { id, rootPoolId } = organization;
  const services = servicesOf(id);
  await services.table.transact(
    users.map((user) =>
      put(
        resourceItem(id, {
          id: `res_of_${user.id}`,
          name: 'Server',
          type: 'vm',
          poolId: rootPoolId,
          holderId: user.id,
          tags: {},
          createdAt: user.joinedAt,
          ingestedIn: [],
          version: 1,
        }),
      ),
    ),
  );
  return { organization, actor: callerOf(manager), services };
};

const removal =
  ({ organization, actor }: Scene, leaver: User, successor: User, by = actor): Run =>
  (services) =>
    removeUser(services)(by, {
      params: { ...organization.params, userId: leaver.id },
      query: { successorId: successor.id, pendingInvites: 'keep' },
      body: undefined,
    });

const restoration =
  ({ organization, actor }: Scene, user: User): Run =>
  (services) =>
    restoreUser(services)(actor, { params: { ...organization.params, userId: user.id }, query: {}, body: undefined });

const done = async (scene: Scene, run: Run): Promise<void> => {
  expect(outcomeOf(await run(scene.services))).toBe('done');
};

/** Runs one operation while another one happens between its read and its write. */
const runWhile = async (scene: Scene, run: Run, other: Run): Promise<string> =>
  outcomeOf(
    await run(
      servicesOf(
        scene.organization.id,
        meanwhile(() => done(scene, other)),
      ),
    ),
  );

const recordOf = async ({ organization, services }: Scene, { id }: User): Promise<User> =>
  parseUser(await services.table.get(keys.user(organization.id, id)));

/** For the resource of each user, the owner and the users in whose lists the resource is. */
const whereabouts = async ({ organization, services, actor }: Scene, users: User[]) => {
  const ownerOf = await findOwners(
    services.table,
    organization.id,
    users.map(({ id }) => id),
  );
  const lists = new Map<string, string[]>();
  for (const user of users) {
    const result = await listResources(services)(actor, {
      params: organization.params,
      query: { ownerId: user.id, subPools: false, limit: 100 },
      body: undefined,
    });
    if (!result.ok) expect.unreachable(result.error.code);
    for (const { id } of result.value.items) lists.set(id, [...(lists.get(id) ?? []), user.id]);
  }
  return users.map(({ id }) => ({ owner: ownerOf(id).id, listed: lists.get(`res_of_${id}`) ?? [] }));
};

/** The whereabouts of a resource that is in the list of its owner only. */
const ownedBy = ({ id }: User) => ({ owner: id, listed: [id] });

describe('A handed over to B while B is handed over to A', () => {
  const crossOver = async (change: Change) => {
    const [a, b] = [aUser(), aUser()];
    const scene = await newScene([a, b]);
    const outcomes = await race(change, scene.organization.id, [removal(scene, a, b), removal(scene, b, a)]);
    return { scene, users: [a, b], outcomes };
  };

  test('one is removed, and the other owns everything', async () => {
    const { scene, users, outcomes } = await crossOver(asItIs);
    expect(outcomes.toSorted()).toEqual(['done', 'successor_inactive']);
    const [stays = expect.unreachable()] = (
      await Promise.all(users.map(async (user) => ({ user, record: await recordOf(scene, user) })))
    ).flatMap(({ user, record }) => (isActive(record) ? [user] : []));
    expect(await whereabouts(scene, users)).toEqual([ownedBy(stays), ownedBy(stays)]);
  });

  test('without the guards both are removed, and nobody owns anything', async () => {
    const { scene, users, outcomes } = await crossOver(without('retry', 'successor_inactive'));
    expect(outcomes).toEqual(['done', 'done']);
    await expect(whereabouts(scene, users)).rejects.toThrow('A torn read shows a cycle of successors');
  });
});

describe('a successor who is removed while taking over', () => {
  const takeOver = async () => {
    const [a, b, c] = [aUser(), aUser(), aUser()];
    const scene = await newScene([a, b, c]);
    const outcome = await runWhile(scene, removal(scene, a, b), removal(scene, b, c));
    return { outcome, where: await whereabouts(scene, [a, b, c]), a, c };
  };

  test('takes over nothing: the leaver stays, with everything', async () => {
    const { outcome, where, a, c } = await takeOver();
    expect(outcome).toBe('successor_inactive');
    expect(where).toEqual([ownedBy(a), ownedBy(c), ownedBy(c)]);
  });
});

describe('a user who becomes an organization manager while being removed', () => {
  const promoted = async () => {
    const [a, b] = [aUser(), aUser()];
    const scene = await newScene([a, b]);
    const promote: Run = (services) =>
      changeRoles(services)(scene.actor, {
        params: { ...scene.organization.params, userId: a.id },
        query: {},
        body: { roles: [{ role: 'organization_manager' }] },
      });
    const outcome = await runWhile(scene, removal(scene, a, b), promote);
    const { id } = scene.organization;
    return [outcome, parseOrganization(await scene.services.table.get(keys.organization(id))).managerCount];
  };

  test('is removed as a manager, so that the count of the remaining managers is right', async () => {
    expect(await promoted()).toEqual(['done', 1]);
  });
});

describe('a manager who loses the right to remove users during the request', () => {
  test('removes nobody', async () => {
    const [second, a, b] = [aManager(), aUser(), aUser()];
    const scene = await newScene([second, a, b]);
    const by = callerOf(second);
    const demote: Run = (services) =>
      changeRoles(services)(scene.actor, {
        params: { ...scene.organization.params, userId: second.id },
        query: {},
        body: { roles: [{ role: 'member' }] },
      });
    expect(await runWhile(scene, removal(scene, a, b, by), demote)).toBe('forbidden');
    expect((await recordOf(scene, a)).status).toBe('active');
  });

  test('restores nobody', async () => {
    const [second, a, b] = [aManager(), aUser(), aUser()];
    const scene = await newScene([second, a, b]);
    const by = { ...scene, actor: callerOf(second) };
    await done(scene, removal(scene, a, b));
    expect(await runWhile(scene, restoration(by, a), removal(scene, second, b))).toBe('forbidden');
    expect((await recordOf(scene, a)).status).toBe('removed');
  });
});

describe('an asset that is assigned to the leaver during the removal', () => {
  let organization: TestOrganization;
  let actor: Caller;

  beforeAll(async () => {
    organization = await newOrganization(stack);
    actor = callerOf(organization.manager);
  });

  const leaverAndHeir = async () => {
    const [leaver, heir] = [aUser(), aUser()];
    await plantUsers(organization.id, [leaver, heir]);
    return { leaver, heir, removal: removal({ organization, actor } as unknown as Scene, leaver, heir) };
  };

  describe.each(kindNames)('%s', (kind) => {
    test('also goes to the successor if it was assigned first', async () => {
      const { leaver, heir, removal: remove } = await leaverAndHeir();
      const { create, give } = kindOf(kind);
      const old = take(await create(organization, organization.manager.userId)).id;
      const given: string[] = [];
      const giveBoth = async () => {
        given.push(take(await create(organization, leaver.id)).id, take(await give(organization, old, leaver.id)).id);
      };
      expect(outcomeOf(await remove(servicesOf(organization.id, meanwhile(giveBoth))))).toBe('done');
      expect(given).toHaveLength(2);
      for (const id of given) expect(await ownerShown(organization, kind, id)).toBe(heir.id);
    });
  });

  /** Assignments in addition to those of owner-races.test.ts. */
  const gifts: Record<string, (ownerId: string) => Run> = {
    'the filter of a policy': (ownerId) => (services) =>
      createPolicy(services)(actor, {
        params: organization.params,
        query: {},
        body: { type: 'budget', name: 'Little', amount: 1, filters: { ownerIds: [ownerId] } },
      }),
    'a resource of a batch': (ownerId) => async (services) => {
      const item = { name: 'Server', type: 'vm', poolId: organization.rootPoolId, tags: {}, ownerId };
      const result = await ingestResources(services)(actor, {
        params: organization.params,
        query: {},
        body: { items: [item] },
      });
      // A bulk request has a result for each item.
      const [first] = result.ok ? result.value.results : [];
      return first?.code ? { ok: false, error: { code: first.code as ErrorCode } } : result;
    },
  };

  test.each(Object.keys(gifts))('%s is refused if the removal was first, but not without the guard', async (gift) => {
    for (const [change, outcome] of [
      [asItIs, 'owner_inactive'],
      [without('owner_inactive', 'retry'), 'done'],
    ] as const) {
      const { leaver, removal: remove } = await leaverAndHeir();
      const give = gifts[gift]?.(leaver.id) ?? expect.unreachable();
      const removeFirst = async () => expect(outcomeOf(await remove(servicesOf(organization.id)))).toBe('done');
      expect(outcomeOf(await give(servicesOf(organization.id, meanwhile(removeFirst, change))))).toBe(outcome);
    }
  });
});

describe('a restore while another user is removed with the same successor', () => {
  const atOnce = async () => {
    const [x, y, heir] = [aUser(), aUser(), aUser()];
    const scene = await newScene([x, y, heir]);
    await done(scene, removal(scene, x, heir));
    const outcome = await runWhile(scene, restoration(scene, x), removal(scene, y, heir));
    const { takenOver } = await recordOf(scene, heir);
    return { outcome, where: await whereabouts(scene, [x, y, heir]), from: takenOver.map(({ id }) => id), x, y, heir };
  };

  test('loses neither the assets that go back nor those that are taken over', async () => {
    const { outcome, where, from, x, y, heir } = await atOnce();
    expect(outcome).toBe('done');
    expect(where).toEqual([ownedBy(x), ownedBy(heir), ownedBy(heir)]);
    expect(from).toEqual([y.id]);
  });
});

describe('a restore while the successor is removed', () => {
  const atOnce = async () => {
    const [a, b, c] = [aUser(), aUser(), aUser()];
    const scene = await newScene([a, b, c]);
    await done(scene, removal(scene, a, b));
    const outcome = await runWhile(scene, restoration(scene, a), removal(scene, b, c));
    return { outcome, where: await whereabouts(scene, [a, b, c]), a, c };
  };

  test('is refused, and the next successor owns everything', async () => {
    const { outcome, where, c } = await atOnce();
    expect(outcome).toBe('successor_removed');
    expect(where).toEqual([ownedBy(c), ownedBy(c), ownedBy(c)]);
  });
});

describe('two restores at once', () => {
  const atOnce = async () => {
    const [a, b] = [aManager(), aUser()];
    const scene = await newScene([a, b]);
    await done(scene, removal(scene, a, b));
    const outcomes = await race(asItIs, scene.organization.id, [restoration(scene, a), restoration(scene, a)]);
    const { table } = scene.services;
    const { id } = scene.organization;
    const events = await table.query({ pk: partitions.audit(id), prefix: '', limit: 100 });
    return {
      outcomes,
      managers: parseOrganization(await table.get(keys.organization(id))).managerCount,
      restored: events.items.filter(({ action }) => action === 'user_restored').length,
    };
  };

  test('count as one, and both succeed', async () => {
    expect(await atOnce()).toEqual({ outcomes: ['done', 'done'], managers: 2, restored: 1 });
  });
});

describe('a restore while the address of the user', () => {
  const removed = async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const ada = await newMember(stack, organization);
    const query = { successorId: manager.userId };
    take(await manager.client.removeUser({ params: { ...params, userId: ada.userId }, query }));
    const actor = callerOf(manager);
    const restore: Run = (services) =>
      restoreUser(services)(actor, { params: { ...params, userId: ada.userId }, query: {}, body: undefined });
    return { organization, ada, actor, restore };
  };

  /** The number of users and of pending invites of an address. */
  const ofAddress = async ({ params, manager }: TestOrganization, { email }: TestMember) => {
    const users = take(await manager.client.listUsers({ params, query: { search: email } })).items;
    const query = { search: email, status: 'pending' as const };
    const invites = take(await manager.client.listInvites({ params, query })).items;
    return { users: users.length, invites: invites.length };
  };

  describe('joins again', () => {
    const joinMeanwhile = async () => {
      const { organization, ada, restore } = await removed();
      const join = async () => {
        const { token } = await inviteByMail(stack, organization, ada.email);
        take(await stack.anybody.acceptInvite({ body: { token } }));
      };
      const outcome = outcomeOf(await restore(servicesOf(organization.id, meanwhile(join))));
      return { outcome, ...(await ofAddress(organization, ada)) };
    };

    test('is refused, and the new user is the only one with the address', async () => {
      expect(await joinMeanwhile()).toEqual({ outcome: 'already_member', users: 1, invites: 0 });
    });
  });

  describe('is invited again', () => {
    const inviteAtOnce = async () => {
      const { organization, ada, actor, restore } = await removed();
      const invite: Run = async (services) => {
        const result = await inviteUsers(services)(actor, {
          params: organization.params,
          query: {},
          body: { emails: [ada.email], roles: [{ role: 'member' }], dryRun: false },
        });
        const created = result.ok && result.value.summary.created === 1;
        return created || !result.ok ? result : { ok: false, error: { code: 'already_member' } };
      };
      const outcomes = await race(asItIs, organization.id, [restore, invite]);
      return { won: won(outcomes), outcomes, ...(await ofAddress(organization, ada)) };
    };

    test('excludes the invite: the address ends up with either a user or an invite', async () => {
      const { outcomes, ...rest } = await inviteAtOnce();
      const invited = outcomes[1] === 'done';
      expect(rest).toEqual({ won: 1, users: invited ? 0 : 1, invites: invited ? 1 : 0 });
      expect(outcomes).toEqual(invited ? ['address_taken', 'done'] : ['done', 'already_member']);
    });
  });
});

describe('a restore while the worker tidies up after the removal', () => {
  const tidyLate = async () => {
    const [a, b] = [aUser({ name: 'Ada King' }), aUser()];
    const scene = await newScene([a, b]);
    await done(scene, removal(scene, a, b));
    const { organization, actor, services } = scene;
    const worker = workServicesOf();
    // The first write of the worker records that the work has begun. The second erases the list entries.
    let writes = 0;
    const restoreBeforeErasing: Change = (table) => ({
      ...table,
      transact: async (all) => {
        writes += 1;
        if (writes === 2) await done(scene, restoration(scene, a));
        return table.transact(all);
      },
    });
    const tenantTable: Services['tenantTable'] = (...roots) => restoreBeforeErasing(worker.tenantTable(...roots));
    await followUp({ ...worker, tenantTable }, organization.id, keys.user(organization.id, a.id));
    const found = await listUsers(services)(actor, {
      params: organization.params,
      query: { search: 'king', limit: 50 },
      body: undefined,
    });
    return found.ok && found.value.items.map(({ id }) => id).includes(a.id);
  };

  test('leaves the user in the lists', async () => {
    expect(await tidyLate()).toBe(true);
  });
});

test('a read finds the right owner although two users of the chain of successors change places', async () => {
  const [x, a, b] = [aUser(), aUser(), aUser()];
  const scene = await newScene([x, a, b]);
  await done(scene, removal(scene, x, a));
  await done(scene, removal(scene, a, b));
  let reads = 0;
  const turning = (table: Table): Table => ({
    ...table,
    batchGet: async (all) => {
      reads += 1;
      if (reads === 3) {
        await done(scene, restoration(scene, a));
        await done(scene, removal(scene, b, a));
      }
      return table.batchGet(all);
    },
  });
  const found = await retryStale(clock, async () =>
    ok(await findOwners(turning(scene.services.table), scene.organization.id, [x.id])),
  );
  expect(found.ok && found.value(x.id).id).toBe(a.id);
  expect(reads).toBeGreaterThan(3);
});
