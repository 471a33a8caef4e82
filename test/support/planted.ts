import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { systemIds, systemSecrets } from '../../functions/adapters/system.ts';
import { audit } from '../../shared/audit/audit-event.ts';
import { holdAddress } from '../../shared/invites/address.ts';
import { inviteItem, newInvite, type Invite } from '../../shared/invites/invite.ts';
import { formatToken } from '../../shared/invites/token.ts';
import { organizationItem, type Organization } from '../../shared/organizations/organization.ts';
import { poolItem, poolNameItem, type Pool } from '../../shared/pools/pool.ts';
import type { Services } from '../../shared/ports.ts';
import { isOrganizationManager, type RoleAssignment } from '../../shared/roles/role.ts';
import { entryVersion, timeListVersion } from '../../shared/table/schema.ts';
import { due, keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put, update, type Write } from '../../shared/table/write.ts';
import { after, minute } from '../../shared/time.ts';
import { joinWrites } from '../../shared/users/join.ts';
import { rowKey, userEntries } from '../../shared/users/user-entries.ts';
import { managerCountChange } from '../../shared/users/manager-count.ts';
import { membershipItem, userItem, type User } from '../../shared/users/user.ts';
import { clock } from './clock.ts';
import { servicesOf } from './operations.ts';
import { openAccounts } from './planted-accounts.ts';

/** An organization written directly to the table. Its users have accounts only for operations that tests call in their name. */
export interface PlantedOrganization {
  id: string;
  rootPoolId: string;
  params: { organizationId: string };
  users: User[];
}

/** The creation time of all planted items. It is the same in each run. */
const plantedAt = '2026-11-01T09:00:00.000Z';

const managerRoles: RoleAssignment[] = [{ role: 'organization_manager' }];

/** A user without an invite. */
export const aUser = (given: Partial<User> = {}): User => {
  const id = given.id ?? systemIds.next('usr');
  return {
    id,
    personId: randomUUID(),
    email: `${id.toLowerCase()}@example.com`,
    name: 'Pia Planted',
    status: 'active',
    assignments: [{ role: 'member' }],
    holdings: [id],
    takenOver: [],
    invitesPassed: [],
    joinedAt: plantedAt,
    entryVersion,
    version: 1,
    ...given,
  };
};

export const aManager = (given: Partial<User> = {}): User => aUser({ assignments: managerRoles, ...given });

/** The writes that make a person a user, as accepting an invite does. */
const userWrites = (organizationId: string, user: User): Write<never>[] => [
  ...joinWrites(organizationId, user),
  put({ ...keys.address(organizationId, user.email), state: 'member', userId: user.id }),
];

/** Plants an organization with these users. The first one owns the root pool. */
export const plantOrganization = async (users: User[], id = systemIds.next('org')): Promise<PlantedOrganization> => {
  const organization: Organization = {
    id,
    name: 'Planted',
    rootPoolId: `pool_of_${id}`,
    inviteExpiryDays: 7,
    managerCount: users.filter(({ assignments }) => isOrganizationManager(assignments)).length,
    treeVersion: 1,
    entryVersion,
    timeListVersion,
    createdAt: plantedAt,
    version: 1,
  };
  const root: Pool = {
    id: organization.rootPoolId,
    name: organization.name,
    holderId: users[0]?.id ?? '',
    absorbed: [],
    createdAt: plantedAt,
    version: 1,
  };
  const written = await tableFor(id, users).transact([
    put(organizationItem(organization)),
    put(poolItem(id, root)),
    ...users.flatMap((user) => userWrites(id, user)),
  ]);
  if (!written.ok) throw new Error('Nothing was planted');
  openAccounts(users);
  return { id, rootPoolId: root.id, params: { organizationId: id }, users };
};

/** A user with few roles has at most 13 items, and a transaction has at most 100. */
const usersPerTransaction = 7;

/** Adds users to an existing organization. Writes every item that accepting an invite writes, except the invite itself. */
export const plantUsers = async (organizationId: string, users: User[]): Promise<void> => {
  openAccounts(users);
  for (let start = 0; start < users.length; start += usersPerTransaction) {
    const some = users.slice(start, start + usersPerTransaction);
    await tableFor(organizationId, some).transact(
      some.flatMap((user) => [
        ...userWrites(organizationId, user),
        ...managerCountChange(organizationId, [], user.assignments),
        ...joined(organizationId, user),
      ]),
    );
  }
};

/**
 * Adds users to an existing organization as the previous version of Roster did, whose rows and entries have other keys. Lists no
 * longer trust its rows. Returns the users as stored.
 */
export const plantPreviousUsers = async (organizationId: string, users: User[]): Promise<User[]> => {
  const previous = users.map((user): User => ({ ...user, entryVersion: undefined }));
  const table = tableFor(organizationId, previous);
  for (const user of previous)
    await table.transact([
      update(keys.organization(organizationId), { set: { entryVersion: 3 } }),
      put(userItem(organizationId, user)),
      put(membershipItem(organizationId, user)),
      put({ ...keys.personOrganization(user.personId, organizationId), organizationId, userId: user.id }),
      put({ ...keys.address(organizationId, user.email), state: 'member', userId: user.id }),
      put({ ...rowKey(organizationId, user), ev: 3, c: '[]' }),
      ...userEntries(organizationId, user).map((key) => put({ ...key, userId: user.id })),
    ]);
  return previous;
};

/** A pool has two items, a transaction has at most 100, and one of them is the organization. */
const poolsPerTransaction = 49;

/** Adds pools without audit events to an existing organization. Returns their ids in the order of the names. */
export const plantPools = async (
  organizationId: string,
  names: string[],
  { parentId, holderId }: Pick<Pool, 'parentId' | 'holderId'>,
): Promise<string[]> => {
  const pools = names.map((name): Pool => {
    const id = systemIds.next('pool');
    return { id, name, parentId, holderId, absorbed: [], createdAt: plantedAt, version: 1 };
  });
  for (let start = 0; start < pools.length; start += poolsPerTransaction) {
    const some = pools.slice(start, start + poolsPerTransaction);
    await tableFor(organizationId).transact([
      update(keys.organization(organizationId), { add: { treeVersion: some.length } }),
      ...some.flatMap((pool) => [put(poolItem(organizationId, pool)), put(poolNameItem(organizationId, pool))]),
    ]);
  }
  return pools.map(({ id }) => id);
};

/** A pending invite that was sent an hour ago, and the token of its link. Its next due work is at `dueAt`, or else its expiry. */
export const plantInvite = async (
  organizationId: string,
  { id: invitedBy }: Pick<User, 'id'>,
  { dueAt, ...given }: Partial<Invite> & { dueAt?: string } = {},
): Promise<{ invite: Invite; token: string }> => {
  const id = systemIds.next('inv');
  const secret = systemSecrets.random();
  const createdAt = after(clock.now(), -60 * minute);
  const invite: Invite = {
    ...newInvite(
      {
        id,
        organizationId,
        email: `${id.toLowerCase()}@example.com`,
        assignments: [{ role: 'member' }],
        invitedBy,
        createdIn: systemIds.next('evt'),
        lifetimeDays: 7,
      },
      createdAt,
    ),
    delivery: 'sent',
    secretHashes: [systemSecrets.hash(secret)],
    ...given,
  };
  await tableFor(organizationId).transact([
    put({ ...inviteItem(invite), ...due(dueAt ?? invite.expiresAt) }),
    holdAddress(invite),
  ]);
  return { invite, token: formatToken({ organizationId, inviteId: id, secret }) };
};

/** The audit event of a user who joined, and its label. The invite that it names never existed. */
const joined = (organizationId: string, user: User): Write<never>[] =>
  audit({
    organizationId,
    // The audit log is sorted by id, so the id contains the time of joining.
    id: `evt_${ulid(Date.parse(user.joinedAt))}`,
    at: user.joinedAt,
    actor: user,
    action: 'invite_accepted',
    targets: [{ id: systemIds.next('inv'), name: user.email }, user],
    requestId: randomUUID(),
  });

/** Created once for each table, because a process runs several test files one after another, and each has its own table. */
let services: { tableName: string | undefined; made: Services } | undefined;

/** The table with access only to the partitions of an organization and of the persons of these users. */
export const tableFor = (organizationId: string, users: User[] = []): Table => {
  const tableName = process.env.TABLE_NAME;
  if (!services || services.tableName !== tableName) services = { tableName, made: servicesOf(undefined) };
  return services.made.tenantTable(organizationId, ...users.map(({ personId }) => partitions.person(personId)));
};
