import { beforeAll, describe, expect, test } from 'vitest';
import { byKind, settingsKindNames } from '../../shared/asset-kinds.ts';
import type { Item } from '../../shared/table/write.ts';
import { allOf, oneOfEach, ownersShown } from '../support/assets.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { bound } from '../support/service-accounts.ts';
import { password, useStack } from '../support/stack.ts';
import { everyItem } from '../support/table-items.ts';

const stack = useStack();

/**
 * What becomes, once the user is removed, of its id where it is stored.
 * - `resolves`: whoever reads it is shown who took over.
 * - `goes`: the item goes with the user, and comes back with a restore; list entries count for nothing from the removal on.
 * - `leads on`: by it the others resolve.
 * - `record`: says what was; it is shown as it was written.
 * - `is the user`: the record that stays.
 */
type Fate = 'resolves' | 'goes' | 'leads on' | 'record' | 'is the user';

/** Every place where a user id is stored, typed by hand. */
const stored: Record<string, Fate> = {
  'resource: holderId': 'resolves',
  'resource: heldPk': 'resolves',
  'pools: holderId': 'resolves',
  'policy: content.filters.ownerIds[]': 'resolves',
  ...byKind(settingsKindNames, (kind) => [`${kind.replace('_', '-')}: holderId`, 'resolves']),
  'invites: invitedBy': 'resolves',
  'invites: gsi3pk': 'resolves',

  'address: userId': 'goes',
  'person: userId': 'goes',
  'platform: person: userId': 'goes',
  'users: sk': 'goes',
  'search: sk': 'goes',
  'search: userId': 'goes',
  'role: sk': 'goes',
  'role: userId': 'goes',
  'grants: sk': 'goes',
  'grants: userId': 'goes',

  'user: successorId': 'leads on',
  'user: heirId': 'leads on',
  'user: holdings[]': 'leads on',
  'user: invitesPassed[].to': 'leads on',

  // The inviter and the users from whom it took over, in the contents of the row.
  'users: c': 'record',

  'user: pk': 'is the user',
  'user: id': 'is the user',
  'user: gsi1sk': 'is the user',

  'user: takenOver[].id': 'record',
  'user: invitedBy.id': 'record',
  'invites: firstInvitedBy': 'record',
  'service-accounts: boundBy': 'record',
  'user: removedBy': 'record',
  // A new invite names the removed user whom a restore would bring back.
  'address: removedUserId': 'record',
  'invites: removedUserId': 'record',
  // The user that an accepted invite made.
  'invites: userId': 'record',
  // The thing that a notice reports a change of. Changes of the same thing cancel out.
  'notices: thing': 'record',
  'notices: changes[].thing': 'record',
  'audit-labels: names{}': 'record',
  'audit: actorId': 'record',
  'audit: targets[]': 'record',
  'audit: gsi1pk': 'record',
  'audit: gsi2pk': 'record',
  'audit: gsi3pk': 'record',
  'audit: details.ownerId': 'record',
  'audit: details.filters.ownerIds[]': 'record',
  'audit: details.before.holderId': 'record',
  'audit: details.after.holderId': 'record',
  'audit: details.before.content.filters.ownerIds[]': 'record',
  'audit: details.after.content.filters.ownerIds[]': 'record',
  // The answer that a create gave, given again to the same request for a day.
  'idempotency: answer.ownerId': 'record',
  'idempotency: answer.defaultOwnerId': 'record',
  'idempotency: answer.filters.ownerIds[]': 'record',
  'idempotency: answer.filterNames{}': 'record',
};

const placesOfFate = (...fates: Fate[]): string[] =>
  Object.keys(stored).filter((place) => fates.includes(stored[place] ?? 'record'));

const userIds = /usr_[0-9A-Z]{26}/g;

/** What an item is, by its key: of what an organization has, the part after it; a resource's is its own id. */
const kindOf = ({ pk, sk }: Item): string => {
  const [root = '', part = sk] = pk.split('#');
  if (!root.startsWith('org_')) return `platform: ${root}`;
  if (part === 'settings') return sk.split('\t')[0] ?? '';
  return part.startsWith('res_') ? 'resource' : part;
};

type Found = [place: string, userId: string];

/** The user ids in a value, and where they stand: `content.filters.ownerIds[]`. */
const findIn = (value: unknown, place: string): Found[] => {
  if (typeof value === 'string') return [...value.matchAll(userIds)].map(([id]) => [place, id]);
  if (Array.isArray(value)) return value.flatMap((part) => findIn(part, `${place}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...findIn(name, `${place}{}`),
    ...findIn(part, `${place}${place.endsWith(': ') ? '' : '.'}${name}`),
  ]);
};

const findAll = async (): Promise<Found[]> =>
  Object.values(await everyItem(stack)).flatMap((item) => findIn(item, `${kindOf(item)}: `));

let organization: TestOrganization;
let ada: TestMember;
let bob: TestMember;
let cyd: TestMember;
let dan: TestMember;
let eve: TestMember;
/** What Ada had, and what Ada had taken over from Cyd. */
const assets: Map<string, string>[] = [];
let pendingInvite: string;
/** Places in which ids stood at any time. */
const places = new Set<string>();

const look = async () => {
  for (const [place] of await findAll()) places.add(place);
};

const remove = async (user: TestMember, successor: TestMember, pendingInvites: 'keep' | 'revoke' = 'keep') => {
  const { params, manager } = organization;
  const query = { successorId: successor.userId, pendingInvites };
  take(await manager.client.removeUser({ params: { ...params, userId: user.userId }, query }));
};

/** Everything that the application can store of a user: all that it does, done once with users named wherever they can be. */
beforeAll(async () => {
  organization = await newOrganization(stack);
  const { params, manager, rootPoolId } = organization;
  const { client } = manager;
  const web = await newPool(organization, 'Web', rootPoolId);
  ada = await newMember(
    stack,
    organization,
    [{ role: 'organization_manager' }, { role: 'manager', poolId: web }],
    'Ada',
  );
  bob = await newMember(stack, organization, [{ role: 'member' }], 'Bob');
  cyd = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Cyd');
  dan = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Dan');
  eve = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Eve');
  const machine = await stack.machine();
  await bound(organization, machine, [{ role: 'organization_manager' }]);
  assets.push(await oneOfEach(organization, ada.userId), await oneOfEach(organization, cyd.userId));

  // Creates whose answers are remembered.
  const once = { idempotencyKey: 'once' };
  const ownerId = bob.userId;
  const budget = { type: 'budget' as const, name: 'Budget', amount: 1 };
  const server = { name: 'Server', type: 'vm', poolId: web, ownerId };
  const account = { type: 'gcp' as const, name: 'Cloud', accountId: 'a-1', ownerId };
  const source = take(await client.createDataSource({ params, body: account }, once)).id;
  const resource = take(await client.createResource({ params, body: server }, once)).id;
  const items = [{ ...server, dataSourceId: source, externalId: 'i-1' }];
  take(await client.ingestResources({ params, body: { items } }, once));
  const policy = take(
    await client.createPolicy({ params, body: { ...budget, ownerId, filters: { ownerIds: [ownerId] } } }, once),
  ).id;
  const poolBody = { name: 'Remembered', parentId: rootPoolId, defaultOwnerId: ownerId };
  const pool = take(await client.createPool({ params, body: poolBody }, once)).id;
  const invited = { emails: [newEmail()], roles: [{ role: 'member' as const }] };
  take(await client.inviteUsers({ params, body: invited }, once));

  // Changes of owners, and deletions.
  const given = { ownerId: manager.userId };
  take(await client.updateResource({ params: { ...params, resourceId: resource }, body: given }));
  take(await client.updateDataSource({ params: { ...params, dataSourceId: source }, body: given }));
  const filters = { ownerIds: [manager.userId] };
  take(await client.updatePolicy({ params: { ...params, policyId: policy }, body: { ...given, filters } }));
  take(await client.updatePool({ params: { ...params, poolId: pool }, body: { defaultOwnerId: manager.userId } }));
  take(await client.deleteResource({ params: { ...params, resourceId: resource } }));
  take(await client.deletePolicy({ params: { ...params, policyId: policy } }));
  take(await client.deletePool({ params: { ...params, poolId: pool } }));
  take(await client.deleteDataSource({ params: { ...params, dataSourceId: source } }));
  take(await client.updateOrganization({ params, body: { inviteExpiryDays: 10 } }));

  // Invites of every fate, by who goes later.
  const as = { ...organization, manager: ada };
  const accepted = await inviteByMail(stack, as, newEmail());
  take(await stack.anybody.acceptInvite({ body: { token: accepted.token, name: 'New', password } }));
  const declined = await inviteByMail(stack, as, newEmail());
  take(await stack.anybody.declineInvite({ body: { token: declined.token } }));
  const revoked = await inviteByMail(stack, as, newEmail());
  take(await ada.client.revokeInvite({ params: { ...params, inviteId: revoked.inviteId } }));
  const expired = await inviteByMail(stack, { ...organization, manager: eve }, newEmail());
  const pending = await inviteByMail(stack, as, newEmail());
  pendingInvite = pending.inviteId;
  stack.advanceClock(120_000);
  take(await ada.client.resendInvite({ params: { ...params, inviteId: pendingInvite } }));
  await look();

  // Removals, by a person, by a machine and by oneself; a chain, a restore, a demotion.
  await remove(cyd, ada);
  await remove(ada, bob);
  await remove(dan, bob);
  take(await client.restoreUser({ params: { ...params, userId: dan.userId } }));
  const query = { successorId: bob.userId, pendingInvites: 'revoke' as const };
  take(await eve.client.leaveOrganization({ params, query }));
  const fay = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Fay');
  for (const email of [newEmail(), cyd.email]) await inviteByMail(stack, { ...organization, manager: fay }, email);
  const member = { roles: [{ role: 'member' as const }] };
  take(await machine.client.changeRoles({ params: { ...params, userId: fay.userId }, body: member }));
  take(await machine.client.removeUser({ params: { ...params, userId: fay.userId }, query }));
  await look();
  await stack.drain();
  stack.advanceClock(120_000);
  await stack.tick();
  await look();

  stack.advanceClock(11 * 86_400_000);
  await stack.anybody.requestNewInvite({ body: { token: expired.token } });
  await stack.tick();
  await look();
}, 60_000);

test('user ids are stored in the places listed here, and in no other', () => {
  expect([...places].toSorted()).toEqual(Object.keys(stored).toSorted());
});

test('each of them is of a user whose record is there', async () => {
  const found = await findAll();
  const records = new Set(found.flatMap(([place, id]) => (place === 'user: id' ? [id] : [])));
  expect([...new Set(found.map(([, id]) => id))].filter((id) => !records.has(id))).toEqual([]);
});

describe('of who was removed', () => {
  test('what an asset is assigned to, or a policy names, is shown as who took over, along the chain', async () => {
    for (const each of assets) expect(await ownersShown(organization, each)).toEqual(allOf(bob.userId));
    // Though nothing was rewritten.
    const found = await findAll();
    for (const place of placesOfFate('resolves').filter((each) => !each.startsWith('invites'))) {
      const ids = found.flatMap(([each, id]) => (each === place ? [id] : []));
      expect(ids, place).toEqual(expect.arrayContaining([ada.userId, cyd.userId]));
    }
  });

  test('the inviter of a pending invite is shown as who answers for it now', async () => {
    const params = { ...organization.params, inviteId: pendingInvite };
    const invite = take(await organization.manager.client.getInvite({ params }));
    expect(invite.responsible).toEqual({ id: organization.manager.userId, name: 'Mara Manager' });
  });

  test('nothing is left by which a list, an address or a token finds them; of who was restored, all', async () => {
    const goes = new Set(placesOfFate('goes'));
    const left = (await findAll()).filter(([place]) => goes.has(place));
    const placesOf = ({ userId }: TestMember) => new Set(left.flatMap(([place, id]) => (id === userId ? [place] : [])));
    for (const gone of [ada, cyd, eve]) expect([...placesOf(gone)]).toEqual([]);
    // Dan has no role on a pool.
    expect(placesOf(dan)).toEqual(new Set([...goes].filter((place) => !place.startsWith('grants'))));
  });

  test('the record, and what is told of them, stays under their own name', async () => {
    const { params, manager } = organization;
    const { items } = take(await manager.client.listAuditEvents({ params, query: { actorId: ada.userId } }));
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ actor }) => actor?.name))).toEqual(new Set(['Ada']));
    const record = take(await manager.client.getUser({ params: { ...params, userId: ada.userId } }));
    expect(record).toMatchObject({ id: ada.userId, name: 'Ada', status: 'removed', successorId: bob.userId });
    expect(record.takenOverFrom).toMatchObject([{ id: cyd.userId, name: 'Cyd' }]);
  });
});
