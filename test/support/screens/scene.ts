import { day } from '../../../shared/time.ts';
import type { RoleAssignment } from '../../../shared/roles/role.ts';
import type { Invite } from '../../../shared/invites/invite.ts';
import { reasonItem } from '../../../shared/mail/delivery-reason.ts';
import { clock } from '../clock.ts';
import { insertMember, newPool, newResource, take, type TestOrganization } from '../organization.ts';
import { plantInvite } from '../planted.ts';
import type { TestStack } from '../stack.ts';
import type { Words } from './words.ts';

/** An organization with data for every screen. */
export interface Scene {
  words: Words;
  organization: TestOrganization;
  /** The start of building the scene. The distance of every other instant from it is the same in each run, give or take seconds. */
  startedAt: string;
  /** The ids of the user and the pool whose pages are opened. */
  personId: string;
  poolId: string;
  /** The address of a pending invitation. */
  invited: string;
  /** The token of the link in an invitation that nobody has accepted. */
  token: string;
}

export const serviceAccountName = 'Pipeline';

/** The address of a person of the scene: `Ada Lovelace` has `ada.lovelace@…`. */
export const addressOf = (name: string, { domain }: Words): string =>
  `${name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@${domain}`;

const founded = async (stack: TestStack, words: Words, name: string): Promise<TestOrganization> => {
  const person = await stack.newPerson(addressOf(words.manager, words), words.manager);
  const { id, rootPoolId } = take(await person.client.createOrganization({ body: { name, currency: 'USD' } }));
  const params = { organizationId: id };
  const { id: userId } = take(await person.client.getMyUser({ params }));
  return { id, rootPoolId, params, manager: { ...person, userId } };
};

/** Builds a scene with these words. A stack can have only one scene with the same words. */
export const newScene = async (stack: TestStack, words: Words): Promise<Scene> => {
  const startedAt = clock.now();
  const organization = await founded(stack, words, words.organization);
  const { manager, params, rootPoolId } = organization;
  const { client } = manager;
  const part = (share: number) => Math.round(words.amount * share * 100) / 100;

  const poolIds: string[] = [];
  for (const [depth, name] of words.pools.entries()) {
    const body = { name, parentId: poolIds.at(-1) ?? rootPoolId, monthlyLimit: part(0.9 ** depth) };
    poolIds.push(take(await client.createPool({ params, body })).id);
  }
  for (const name of words.otherPools) poolIds.push(await newPool(organization, name, rootPoolId));
  const [poolId = ''] = poolIds;

  const person = (name: string, roles: RoleAssignment[]) =>
    insertMember(organization, roles, { name, email: addressOf(name, words) });
  const [poolManager, engineer, member, leaver] = words.people;
  const { id: personId } = await person(poolManager, [{ role: 'manager', poolId }]);
  await person(engineer, [{ role: 'organization_manager' }, ...poolIds.map((each) => engineerOf(each))]);
  await person(member, [{ role: 'member' }]);
  const { id: leaverId } = await person(leaver, [engineerOf(poolId)]);

  const source = { type: 'aws' as const, name: words.dataSource, accountId: '210987654321' };
  const { id: dataSourceId } = take(await client.createDataSource({ params, body: source }));
  for (const [index, name] of words.resources.entries())
    await newResource(organization, poolIds.at(index % words.pools.length) ?? poolId, {
      name,
      type: ['vm', 'database', 'AWS::ElasticLoadBalancingV2::LoadBalancer'][index] ?? 'vm',
      ownerId: index === 0 ? leaverId : personId,
      monthlyCost: part(0.1 / (index + 1)),
      tags: words.tags,
      dataSourceId,
    });
  const budget = { type: 'budget' as const, name: words.policy, amount: part(0.8), ownerId: personId, poolId };
  take(await client.createPolicy({ params, body: { ...budget, expiresOn: '2027-12-31' } }));
  const tagging = { type: 'tagging' as const, name: 'Tags', requiredTag: 'cost-center', startsOn: '2026-01-01' };
  take(await client.createPolicy({ params, body: tagging }));

  const { personId: clientId } = await stack.machine();
  const account = { name: serviceAccountName, clientId, roles: [engineerOf(poolId)] };
  take(await client.createServiceAccount({ params, body: account }));

  const successor = { params: { ...params, userId: leaverId }, query: { successorId: personId } };
  take(await client.removeUser(successor));

  const invited = addressOf('Beatriz Carvalho', words);
  const token = await inviteEverybody(organization, words, poolIds, invited);
  await inviteManager(stack, organization, words);
  return { words, organization, startedAt, personId, poolId, invited, token };
};

const engineerOf = (poolId: string): RoleAssignment => ({ role: 'engineer', poolId });

/** Stores invitations of every status. Returns the token of the invitation to `invited`. */
const inviteEverybody = async (
  { id, manager }: TestOrganization,
  words: Words,
  poolIds: string[],
  invited: string,
): Promise<string> => {
  const at = (days: number) => new Date(Date.parse(clock.now()) + days * day).toISOString();
  const invitation = (email: string, age: number, given: Partial<Invite>) =>
    plantInvite(id, { id: manager.userId }, { email, createdAt: at(-age), sentAt: at(-age), sends: 1, ...given });
  const assignments = [{ role: 'manager' as const, poolId: poolIds[0] ?? '' }, ...poolIds.slice(1).map(engineerOf)];
  const address = (name: string) => addressOf(name, words);
  await invitation(address('Zoe Nowak'), 5, { status: 'expired', expiresAt: at(-1), delivery: 'delivered' });
  await invitation(address('Yara Haddad'), 4, { status: 'revoked', expiresAt: at(3), delivery: 'delivered' });
  await invitation(address('Xavier Laurent'), 3, { status: 'declined', expiresAt: at(4), delivery: 'delivered' });
  const reason = reasonItem({ code: 'bounced_mailbox_unavailable' });
  const bounced = { delivery: 'bounced' as const, ...reason, addressSuppressed: true };
  await invitation(address('Adam Okafor'), 2, { expiresAt: at(5), ...bounced });
  const { token } = await invitation(invited, 1, {
    assignments,
    expiresAt: at(6),
    delivery: 'delivered',
    message: words.message,
    lifetimeDays: 7,
  });
  return token;
};

/** Creates another organization, which invites the manager of the first one. */
const inviteManager = async (stack: TestStack, { manager }: TestOrganization, words: Words): Promise<void> => {
  const other = await founded(stack, { ...words, manager: 'Greta Nilsen' }, words.inviter);
  const body = { emails: [manager.email], roles: [{ role: 'member' as const }], message: words.message };
  take(await other.manager.client.inviteUsers({ params: other.params, body }));
  await stack.drain();
};
