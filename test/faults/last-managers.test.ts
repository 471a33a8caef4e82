import { beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '../../shared/actor.ts';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { organizationItem, parseOrganization, type Organization } from '../../shared/organizations/organization.ts';
import type { Services } from '../../shared/ports.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { isOrganizationManager } from '../../shared/roles/role.ts';
import { entryVersion } from '../../shared/table/schema.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { entryItem, userEntries } from '../../shared/users/user-entries.ts';
import { isActive, membershipItem, parseUser, userItem, type User } from '../../shared/users/user.ts';
import { meeting } from '../support/guards.ts';
import { servicesOf } from '../support/operations.ts';
import { aManager, aUser } from '../support/planted.ts';
import { openAccounts } from '../support/planted-accounts.ts';
import { asItIs, outcomeOf, without, won, type Change, type Run } from '../support/races.ts';
import { useStack } from '../support/stack.ts';
import { stopStream } from '../support/stream.ts';

const stack = useStack();

beforeAll(() => stopStream(stack));

/** Of both removing each other, demoting each other, leaving at once: 1,002 in all, unless told. */
const manyRounds = Number(process.env.ROUNDS ?? 334);
/** Of every other way. */
const fewRounds = 20;

interface Pair {
  organization: Organization;
  managers: [User, User];
  heir: User;
}

/** How one of them can be lost. */
const losses: Record<string, (pair: Pair, lost: 0 | 1) => Run> = {
  'is removed by the other': (pair, lost) => (services) =>
    removeUser(services)(member(pair, lost === 0 ? 1 : 0), {
      params: { organizationId: pair.organization.id, userId: pair.managers[lost].id },
      query: { successorId: pair.heir.id, pendingInvites: 'revoke' },
      body: undefined,
    }),
  'is demoted by the other': (pair, lost) => demotion(pair, lost, lost === 0 ? 1 : 0),
  leaves: (pair, lost) => (services) =>
    leaveOrganization(services)(member(pair, lost), {
      params: { organizationId: pair.organization.id },
      query: { successorId: pair.heir.id, pendingInvites: 'revoke' },
      body: undefined,
    }),
  'gives it up': (pair, lost) => demotion(pair, lost, lost),
};

const demotion =
  (pair: Pair, lost: 0 | 1, by: 0 | 1): Run =>
  (services) =>
    changeRoles(services)(member(pair, by), {
      params: { organizationId: pair.organization.id, userId: pair.managers[lost].id },
      query: {},
      body: { roles: [{ role: 'member' }] },
    });

const member = ({ organization, managers }: Pair, which: 0 | 1): Member => {
  const { id, personId, name, assignments } = managers[which];
  return { personId, requestId: 'race', userId: id, name, assignments, organization };
};

const newPair = (): Pair => {
  const organization: Organization = {
    id: `org_${crypto.randomUUID()}`,
    name: 'Pair',
    rootPoolId: 'pool_root',
    inviteExpiryDays: 7,
    managerCount: 2,
    treeVersion: 1,
    entryVersion,
    createdAt: '2026-11-01T09:00:00.000Z',
    version: 1,
  };
  return { organization, managers: [aManager(), aManager()], heir: aUser() };
};

/** A pair has at most 19 items, and a transaction at most 100. */
const pairsPerTransaction = 4;

const plantPairs = async (services: Services, pairs: Pair[]): Promise<void> => {
  for (let start = 0; start < pairs.length; start += pairsPerTransaction) {
    const some = pairs.slice(start, start + pairsPerTransaction);
    openAccounts(some.flatMap(({ managers, heir }) => [...managers, heir]));
    await services
      .tenantTable('', ...some.map(({ organization }) => organization.id))
      .transact(
        some.flatMap(({ organization, managers, heir }) => [
          put(organizationItem(organization)),
          ...[...managers, heir].flatMap((user) => [
            put(userItem(organization.id, user)),
            put(membershipItem(organization.id, user)),
            ...userEntries(organization.id, user).map((key) => put(entryItem(key, user))),
          ]),
        ]),
      );
  }
};

/** Both lost at once, both having read before either writes: who won, and how many managers there are and are counted. */
const loseBoth = async (shared: Services, pair: Pair, runs: [Run, Run], change: Change) => {
  const { id } = pair.organization;
  const meet = meeting(2);
  const tree = buildPoolTree([]);
  const seen = (table: Table) => change(meet(table));
  const services: Services = {
    ...shared,
    table: seen(shared.tenantTable(id)),
    tenantTable: (...roots) => seen(shared.tenantTable(...roots)),
    poolTree: async () => tree,
  };
  const outcomes = (await Promise.all(runs.map((run) => run(services)))).map(outcomeOf);
  const [organization, ...users] = await shared
    .tenantTable(id)
    .batchGet([keys.organization(id), ...pair.managers.map((user) => keys.user(id, user.id))]);
  const managers = users.map(parseUser).filter((user) => isActive(user) && isOrganizationManager(user.assignments));
  return { won: won(outcomes), managers: managers.length, counted: parseOrganization(organization).managerCount };
};

const names = Object.keys(losses);
const ways = names.flatMap((one) =>
  names.map((other) => ({ one, other, rounds: one === other && one !== 'gives it up' ? manyRounds : fewRounds })),
);
/** So that nothing stands still while a transaction waits for another. */
const roundsAtOnce = 10;

const runsOf = (pair: Pair, { one, other }: { one: string; other: string }): [Run, Run] => [
  losses[one]?.(pair, 0) ?? expect.unreachable(),
  losses[other]?.(pair, 1) ?? expect.unreachable(),
];

describe('the last two organization managers', () => {
  test.each(ways)(
    'are never both lost: one $one, the other $other ($rounds rounds)',
    async ({ rounds, ...way }) => {
      const services = servicesOf(undefined);
      const pairs = Array.from({ length: rounds }, newPair);
      await plantPairs(services, pairs);
      for (let start = 0; start < rounds; start += roundsAtOnce) {
        const some = pairs.slice(start, start + roundsAtOnce);
        const ends = await Promise.all(some.map((pair) => loseBoth(services, pair, runsOf(pair, way), asItIs)));
        for (const end of ends) expect(end).toEqual({ won: 1, managers: 1, counted: 1 });
      }
    },
    120_000,
  );

  test('without the guards are both lost, in each of these ways', async () => {
    const services = servicesOf(undefined);
    const unguarded = without('forbidden', 'last_organization_manager', 'retry');
    for (const way of ways) {
      const pair = newPair();
      await plantPairs(services, [pair]);
      expect(await loseBoth(services, pair, runsOf(pair, way), unguarded)).toEqual({ won: 2, managers: 0, counted: 0 });
    }
  });
});
