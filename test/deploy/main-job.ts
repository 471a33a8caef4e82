import type { Client } from '../../shared/api/client.ts';
import { eventually, password, take, type Deployed } from './deployed.ts';
import { localFetch } from './local-fetch.ts';
import { expect, step } from './steps.ts';

export const mara = 'mara@deployed.example';
const ben = 'ben@deployed.example';

/** What the application is for, over HTTP: every step meets what was deployed in another place. */
export const doMainJob = async (deployed: Deployed): Promise<void> => {
  await step('What is public answers anybody, all else nobody', () => meetTheGateway(deployed));
  const asMara = await step('Mara signs in through the sign-in page', async () => {
    await deployed.makeAccount(mara, 'Mara Lindqvist');
    return deployed.signIn(mara);
  });
  const acme = await step('She creates an organization with a pool', () => found(asMara));
  const inviteId = await step('She invites Ben; the table’s stream wakes the worker, which sends the mail', () =>
    invite(deployed, acme),
  );
  await step('SES tells that it delivered the mail; the invite shows it', () => seeDelivered(acme, inviteId));
  const benId = await step('Ben accepts with the token of the mail, which makes his account and notifies him', () =>
    accept(deployed, acme),
  );
  const asBen = await step('He signs in and sees both of them', () => actAsManager(deployed, acme));
  await step('A machine signs in with its secret and adds a resource of his', () => ingest(deployed, acme, benId));
  // His notice waits five minutes for others, and his return will cancel it.
  await step('Mara removes him: she takes over what he owns, and he is shut out', () => remove(acme, benId, asBen));
  await step('She restores him, with all that was his', async () => {
    await restore(acme, benId);
    const again = await deployed.signIn(ben);
    expect(take(await again.getMyUser({ params: acme.params })).id === benId, 'he is the same user');
  });
};

const meetTheGateway = async ({ anybody, url }: Deployed): Promise<void> => {
  for (const path of ['/', '/health', '/openapi.json', '/docs', '/invites/accept'])
    expect((await localFetch(url + path)).status === 200, `${path} answers`);
  expect((await localFetch(`${url}/nowhere`)).status === 404, 'there is nothing else');
  expect((await anybody.getMe({})).status === 401, 'nobody is somebody without a token');
};

interface Acme {
  asMara: Client;
  maraId: string;
  params: { organizationId: string };
  /** A pool. */
  web: string;
}

const found = async (asMara: Client): Promise<Acme> => {
  expect(take(await asMara.getMe({})).email === mara, 'the API knows who signed in');
  const organization = take(await asMara.createOrganization({ body: { name: 'Acme FinOps' } }));
  const params = { organizationId: organization.id };
  const { id: maraId } = take(await asMara.getMyUser({ params }));
  const pool = take(await asMara.createPool({ params, body: { name: 'Web', parentId: organization.rootPoolId } }));
  return { asMara, maraId, params, web: pool.id };
};

const managerOf = (poolId: string) => [{ role: 'manager' as const, poolId }];

const invite = async ({ mailTo }: Deployed, { asMara, params, web }: Acme): Promise<string> => {
  const { results } = take(await asMara.inviteUsers({ params, body: { emails: [ben], roles: managerOf(web) } }));
  expect(results[0]?.outcome === 'created', 'the invite is created');
  await mailTo(ben, /Mara Lindqvist/);
  return results[0]?.invite?.id ?? '';
};

const seeDelivered = async ({ asMara, params }: Acme, inviteId: string): Promise<void> => {
  await eventually(
    'delivered',
    async () => take(await asMara.getInvite({ params: { ...params, inviteId } })),
    ({ delivery }) => delivery === 'delivered',
  );
};

const accept = async ({ anybody, tokenFor, mailTo }: Deployed, { params }: Acme): Promise<string> => {
  const token = await tokenFor(ben);
  expect(take(await anybody.lookUpInvite({ body: { token } })).email === ben, 'the link shows the invite');
  const accepted = take(await anybody.acceptInvite({ body: { token, name: 'Ben Okafor', password } }));
  expect(accepted.organizationId === params.organizationId, 'he joins her organization');
  await mailTo(ben, /An account for/);
  return accepted.userId;
};

const actAsManager = async ({ signIn }: Deployed, { params, web }: Acme): Promise<Client> => {
  const asBen = await signIn(ben);
  const users = take(await asBen.listUsers({ params })).items;
  expect(users.length === 2 && users.every(({ email }) => [mara, ben].includes(email)), 'the list has both');
  take(await asBen.createPool({ params, body: { name: 'Landing page', parentId: web } }));
  const body = { emails: ['x@deployed.example'], roles: [{ role: 'member' as const }] };
  expect((await asBen.inviteUsers({ params, body })).status === 403, 'he may not invite');
  return asBen;
};

const ingest = async ({ machine }: Deployed, { asMara, params, web }: Acme, ownerId: string): Promise<void> => {
  const { clientId, client } = await machine();
  const body = { name: 'Pipeline', clientId, roles: managerOf(web) };
  take(await asMara.createServiceAccount({ params, body }));
  const item = { name: 'web-1', type: 'instance', poolId: web, ownerId, monthlyCost: 41.2 };
  const { results } = take(await client.ingestResources({ params, body: { items: [item] } }));
  expect(results[0]?.outcome === 'created', 'the resource is created');
};

const remove = async (acme: Acme, userId: string, asBen: Client): Promise<void> => {
  const { asMara, maraId, params } = acme;
  await requireOwner(acme, userId);
  take(await asMara.removeUser({ params: { ...params, userId }, query: { successorId: maraId } }));
  await requireOwner(acme, maraId);
  expect((await asBen.getMyUser({ params })).status === 404, 'his token opens nothing any more');
};

const restore = async (acme: Acme, userId: string): Promise<void> => {
  take(await acme.asMara.restoreUser({ params: { ...acme.params, userId } }));
  await requireOwner(acme, userId);
};

/** Whose they are: what Ben made, and what was made for him. */
const requireOwner = async ({ asMara, params }: Acme, ownerId: string): Promise<void> => {
  const pool = take(await asMara.listPools({ params })).items.find(({ name }) => name === 'Landing page');
  const resources = take(await asMara.listResources({ params, query: { ownerId } })).items;
  expect(pool?.defaultOwnerId === ownerId, `${ownerId} owns the pool`);
  expect(resources.map(({ name }) => name).join() === 'web-1', `${ownerId} owns the resource`);
};
