/** What the benchmark measures: the requests to the API, the data that they need, and what the peer does in their place. */
import { keys, partitions } from '../../shared/table/keys.ts';
import { keyId } from '../../shared/table/write.ts';
import { joinWrites } from '../../shared/users/join.ts';
import type { User } from '../../shared/users/user.ts';
import { fill } from '../model/items.ts';
import type { Engine } from '../model/world.ts';
import {
  aManager,
  aUser,
  plantInvite,
  plantOrganization,
  plantUsers,
  type PlantedOrganization,
} from '../support/planted.ts';
import type { PeerOrganization } from './peer/better-auth.ts';
import { eventOf, type ApiRequest } from './pipeline.ts';
import { listName, listSizes } from './report.ts';
import { wholeShare, type Share } from './schedule.ts';
import type { Site } from './sites.ts';

interface Prepared {
  /** The next request. */
  next(): ApiRequest;
  /** What the peer does in place of one request: `times` calls, one after another, of which one is measured. */
  peer?: { call(organization: PeerOrganization): Promise<void>; times: number };
}

export interface Subject {
  name: string;
  /** Whether its requests change the table. Then its recorded calls are sent again to a second table. */
  changes: boolean;
  share: Share;
  /** Members of the peer's organization. Absent: the peer has no such call. `each call`: as many as there are calls. */
  peerMembers?: number | 'each call';
  /** Writes the data for this number of calls. Called once, with the table of the process set to that of the site. */
  prepare(site: Site, calls: number): Promise<Prepared>;
}

const pageOf50 = { limit: '50' };
const member = [{ role: 'member' as const }];

const listSubject = (users: number): Subject => ({
  name: listName(users),
  changes: false,
  share: wholeShare,
  peerMembers: users,
  prepare: async ({ engine, tableName }) => {
    const { organization, request } = await organizationWithManager();
    await plantList(engine, tableName, organization.id, users - organization.users.length);
    return {
      next: () => request({ operation: 'listUsers', query: pageOf50 }),
      peer: { call: ({ list }) => list(), times: 1 },
    };
  },
});

const inviteSubject = (addresses: number, name: string, share: Share): Subject => ({
  name,
  changes: true,
  share,
  peerMembers: 100,
  prepare: async () => {
    const { request } = await organizationWithManager();
    const nextEmails = () => Array.from({ length: addresses }, newEmail);
    return {
      next: () => request({ operation: 'inviteUsers', body: { emails: nextEmails(), roles: member } }),
      peer: { call: ({ invite }) => invite(newEmail()), times: addresses },
    };
  },
});

export const subjects: readonly Subject[] = [
  ...listSizes.map(listSubject),
  {
    name: 'get user',
    changes: false,
    share: wholeShare,
    prepare: async () => {
      const { organization, request } = await organizationWithManager();
      const [user] = await addUsers(organization, 1);
      return { next: () => request({ operation: 'getUser', params: { userId: user?.id ?? '' } }) };
    },
  },
  inviteSubject(1, 'invite one', wholeShare),
  inviteSubject(100, 'invite 100 in one call', { everyRounds: 8, callsMax: 16 }),
  inviteSubject(1_000, 'invite 1,000 in one call', { everyRounds: 32, callsMax: 16 }),
  {
    name: 'list 50 invites',
    changes: false,
    share: wholeShare,
    prepare: async () => {
      const { manager, organization, request } = await organizationWithManager();
      await inParallel(120, () => plantInvite(organization.id, manager));
      return { next: () => request({ operation: 'listInvites', query: pageOf50 }) };
    },
  },
  {
    name: 'accept an invite',
    changes: true,
    share: wholeShare,
    prepare: async (_, calls) => {
      const { manager, organization } = await organizationWithManager();
      const planted = await inParallel(calls, () => plantInvite(organization.id, manager));
      const account = { name: 'Pia Planted', password: 'Correct-horse-7' };
      return {
        next: () => ({ operation: 'acceptInvite', body: { token: taken(planted).token, ...account } }),
      };
    },
  },
  {
    name: 'change a role',
    changes: true,
    share: wholeShare,
    peerMembers: 100,
    prepare: async () => {
      const { organization, request } = await organizationWithManager();
      // More users than calls at the same time, so that no two of them change the same user.
      const users = await addUsers(organization, 64);
      const engineer = [{ role: 'engineer', poolId: organization.rootPoolId }];
      const nextUser = takingTurns(users);
      const nextPeer = takingTurns(users);
      return {
        next: () => {
          const { each, round } = nextUser();
          const roles = round % 2 === 0 ? engineer : member;
          return request({ operation: 'changeRoles', params: { userId: each.id }, body: { roles } });
        },
        peer: {
          call: ({ memberIds, changeRole }) => {
            const { index, round } = nextPeer();
            return changeRole(memberIds[index] ?? '', round % 2 === 0 ? 'admin' : 'member');
          },
          times: 1,
        },
      };
    },
  },
  {
    name: 'remove a user',
    changes: true,
    share: wholeShare,
    peerMembers: 'each call',
    prepare: async (_, calls) => {
      const { organization, request } = await organizationWithManager();
      const leavers = await addUsers(organization, calls);
      // One successor for each leaver: a user can take over from only so many.
      const successors = await addUsers(organization, leavers.length);
      return {
        next: () =>
          request({
            operation: 'removeUser',
            params: { userId: taken(leavers).id },
            query: { successorId: taken(successors).id },
          }),
        peer: { call: ({ memberIds, remove }) => remove(taken(memberIds)), times: 1 },
      };
    },
  },
  {
    name: 'list 50 resources',
    changes: false,
    share: wholeShare,
    prepare: async ({ pipeline }) => {
      const { organization, request } = await organizationWithManager();
      for (let call = 0; call < 2; call += 1) await pipeline(eventOf(request(hundredResources(organization))));
      return { next: () => request({ operation: 'listResources', query: pageOf50 }) };
    },
  },
  {
    name: '100 resources in one call',
    changes: true,
    share: { everyRounds: 8, callsMax: 16 },
    prepare: async () => {
      const { organization, request } = await organizationWithManager();
      return { next: () => request(hundredResources(organization)) };
    },
  },
  {
    name: 'list 50 audit events',
    changes: false,
    share: wholeShare,
    prepare: async () => {
      const { organization, request } = await organizationWithManager();
      await addUsers(organization, 120);
      return { next: () => request({ operation: 'listAuditEvents', query: pageOf50 }) };
    },
  },
];

const organizationWithManager = async () => {
  const manager = aManager();
  const organization = await plantOrganization([manager]);
  return {
    manager,
    organization,
    /** A request of the manager in the organization. */
    request: ({ params, ...given }: ApiRequest): ApiRequest => ({
      ...given,
      personId: manager.personId,
      params: { ...organization.params, ...params },
    }),
  };
};

const addUsers = async ({ id }: PlantedOrganization, count: number): Promise<User[]> => {
  const users = Array.from({ length: count }, () => aUser());
  await plantUsers(id, users);
  return users;
};

const hundredResources = ({ rootPoolId }: PlantedOrganization): ApiRequest => ({
  operation: 'ingestResources',
  body: {
    items: Array.from({ length: 100 }, (_, index) => ({
      name: `server-${String(index).padStart(3, '0')}`,
      type: 'vm',
      poolId: rootPoolId,
      monthlyCost: 41.2,
    })),
  },
});

/** Users that are written together. */
const usersAtOnce = 1_000;

/** Adds users as far as the list reads them: their records and their entries in the list. All items would take minutes. */
const plantList = async (engine: Engine, tableName: string, organizationId: string, count: number): Promise<void> => {
  for (let left = count; left > 0; left -= usersAtOnce) {
    const users = Array.from({ length: Math.min(left, usersAtOnce) }, () => aUser());
    const items = users.flatMap((user) => {
      const record = keyId(keys.user(organizationId, user.id));
      const writes = joinWrites(organizationId, user);
      return writes.flatMap(({ key, effect }) =>
        effect.kind === 'put' && (key.pk === partitions.users(organizationId) || keyId(key) === record)
          ? [effect.item]
          : [],
      );
    });
    await fill(engine, { tableName }, items);
  }
};

let addresses = 0;

/** Each address has the same length. */
const newEmail = (): string => `person.${String((addresses += 1)).padStart(8, '0')}@example.com`;

const taken = <T>(prepared: T[]): T => {
  const each = prepared.pop();
  if (each === undefined) throw new Error('More calls than were prepared for');
  return each;
};

const takingTurns = <T>(all: readonly T[]) => {
  let calls = 0;
  return () => {
    const index = calls % all.length;
    const round = Math.floor(calls / all.length);
    calls += 1;
    return { each: all[index] as T, index, round };
  };
};

/** Eight at a time. */
const inParallel = async <T>(count: number, run: () => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      results.push(await run());
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return results;
};
