import { mailEvent, type MailRecord } from '../../infra/local/mail-event.ts';
import { delivered } from '../../infra/local/mail-outcomes.ts';
import { eventually, password, take, type Deployed } from './deployed.ts';
import { localFetch } from './local-fetch.ts';
import { account } from './places.ts';
import { expect, step } from './steps.ts';

const [mara, ben] = ['mara@deployed.example', 'ben@deployed.example'];

/** What the application is for, over HTTP: every step meets what was deployed in another place. */
export const doMainJob = async (deployed: Deployed): Promise<void> => {
  const { anybody, url } = deployed;

  await step('Anybody reads the API’s health, its description and the accept page; /v1 is closed to them', async () => {
    for (const [path, text] of [
      ['/health', ''],
      ['/openapi.json', '"openapi"'],
      ['/invites/accept', '<title>'],
    ] as const) {
      const response = await localFetch(url + path);
      expect(response.status === 200 && (await response.text()).includes(text), `${path} answers`);
    }
    expect((await anybody.getMe({})).status === 401, 'nobody is somebody without a token');
    expect((await localFetch(`${url}/nowhere`)).status === 404, 'there is nothing else');
  });

  const asMara = await step('Mara signs in through the sign-in page', async () => {
    await deployed.makeAccount(mara, 'Mara Lindqvist');
    const client = await deployed.signIn(mara);
    expect(take(await client.getMe({})).email === mara, 'the API knows her');
    return client;
  });

  const params = await step('She creates an organization, and a pool in it', async () => {
    const { id: organizationId, rootPoolId } = take(await asMara.createOrganization({ body: { name: 'Acme FinOps' } }));
    take(await asMara.createPool({ params: { organizationId }, body: { name: 'Web', parentId: rootPoolId } }));
    return { organizationId };
  });
  const me = take(await asMara.getMyUser({ params }));
  const web = take(await asMara.listPools({ params })).items.find(({ name }) => name === 'Web')?.id ?? '';

  const inviteId = await step(
    'She invites Ben as manager of the pool; the table’s stream wakes the worker, which sends the mail',
    async () => {
      const roles = [{ role: 'manager' as const, poolId: web }];
      const { summary, results } = take(await asMara.inviteUsers({ params, body: { emails: [ben], roles } }));
      expect(summary.created === 1, 'one invite is created');
      const id = results[0]?.invite?.id ?? '';
      await deployed.mailTo(ben, /Mara Lindqvist/);
      await eventually(
        'sent',
        async () => take(await asMara.getInvite({ params: { ...params, inviteId: id } })),
        ({ delivery }) => delivery === 'sent',
      );
      return id;
    },
  );

  await step('SES’s event that the mail was delivered reaches the invite', async () => {
    await tellDelivered(deployed, { organization: params.organizationId, invite: inviteId, round: '1' });
    await eventually(
      'delivered',
      async () => take(await asMara.getInvite({ params: { ...params, inviteId } })),
      ({ delivery }) => delivery === 'delivered',
    );
  });

  const benId = await step('Ben accepts with the token of the mail, which makes his account', async () => {
    const token = await deployed.tokenFor(ben);
    expect(take(await anybody.lookUpInvite({ body: { token } })).email === ben, 'the link shows the invite');
    const accepted = take(await anybody.acceptInvite({ body: { token, name: 'Ben Okafor', password } }));
    expect(accepted.organizationId === params.organizationId, 'he joins her organization');
    return accepted.userId;
  });
  const aUser = { ...params, userId: benId };

  const asBen = await step(
    'He signs in, and may what a manager of a pool may: the list of users has both',
    async () => {
      const client = await deployed.signIn(ben);
      const users = take(await client.listUsers({ params })).items;
      expect(users.length === 2 && users.every(({ email }) => [mara, ben].includes(email)), 'the list has both');
      const body = { emails: ['x@deployed.example'], roles: [{ role: 'member' as const }] };
      expect((await client.inviteUsers({ params, body })).status === 403, 'he may not invite');
      take(await client.createPool({ params, body: { name: 'Landing page', parentId: web } }));
      return client;
    },
  );

  await step('A machine signs in, is bound as a service account, and adds a resource of Ben’s', async () => {
    const { clientId, client } = await deployed.machine();
    const roles = [{ role: 'manager' as const, poolId: web }];
    take(await asMara.createServiceAccount({ params, body: { name: 'Pipeline', clientId, roles } }));
    const item = { name: 'web-1', type: 'instance', poolId: web, ownerId: benId, monthlyCost: 41.2 };
    const { results } = take(await client.ingestResources({ params, body: { items: [item] } }));
    expect(results[0]?.outcome === 'created', 'the resource is created');
  });

  /** Names of pools and resources. */
  const ownedBy = async (ownerId: string): Promise<string[]> => {
    const pools = take(await asMara.listPools({ params })).items;
    const resources = take(await asMara.listResources({ params, query: { ownerId } })).items;
    return [...pools.filter(({ defaultOwnerId }) => defaultOwnerId === ownerId), ...resources].map(({ name }) => name);
  };
  const whatIsBens = ['Landing page', 'web-1'];
  const hasThem = async (ownerId: string): Promise<boolean> => {
    const owned = await ownedBy(ownerId);
    return whatIsBens.every((name) => owned.includes(name));
  };

  await step('Mara removes Ben: she takes over what he owns, he is told by mail and shut out', async () => {
    expect(await hasThem(benId), 'Ben owns a pool and a resource');
    take(await asMara.removeUser({ params: aUser, query: { successorId: me.id } }));
    expect(await hasThem(me.id), 'Mara owns them');
    expect((await asBen.getMyUser({ params })).status === 404, 'his token opens nothing any more');
    await deployed.mailTo(ben, /removed/i);
  });

  await step('She restores him: he has back what was his', async () => {
    take(await asMara.restoreUser({ params: aUser }));
    expect(await hasThem(benId), 'Ben owns his pool and his resource again');
    const again = await deployed.signIn(ben);
    expect(take(await again.getMyUser({ params })).id === benId, 'he is the same user');
  });
};

/** The emulator sends no such events: SES's part is played here, in SES's words. */
const tellDelivered = async ({ emulator }: Deployed, tags: Record<string, string>): Promise<void> => {
  const [sets] = await emulator.call(['sesv2', 'ListConfigurationSets']);
  const timestamp = new Date().toISOString();
  const mail: MailRecord = {
    timestamp,
    source: 'roster@example.com',
    sourceArn: `arn:aws:ses:${account.region}:${account.id}:identity/example.com`,
    sendingAccountId: account.id,
    messageId: 'delivered',
    destination: [ben],
    headersTruncated: false,
    headers: [],
    commonHeaders: { from: [], to: [ben], messageId: 'delivered', subject: '' },
    tags: {
      ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
      'ses:configuration-set': sets?.ConfigurationSets as string[],
    },
  };
  const event = mailEvent(mail, delivered(mail));
  await emulator.call([
    'events',
    'PutEvents',
    { Entries: [{ Source: event.source, DetailType: event['detail-type'], Detail: JSON.stringify(event.detail) }] },
  ]);
};
