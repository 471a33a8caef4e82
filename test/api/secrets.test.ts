import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../shared/table/keys.ts';
import { erase, put } from '../../shared/table/write.ts';
import { queueInvite, tableOf, type QueuedInvite } from '../support/deliveries.ts';
import {
  invitedMember,
  newEmail,
  newestToken,
  newOrganization,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { leaksOf, mailedSecrets, placesOf } from '../support/secrets.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const minute = 60_000;
const day = 24 * 60 * minute;

/** Everything that was answered and told while the scenario ran. */
const answers: string[] = [];
const events: string[] = [];

const originalFetch = globalThis.fetch;
const recordingFetch: typeof fetch = async (input, init) => {
  const response = await originalFetch(input, init);
  const { api } = stack.endpoints;
  if ((input instanceof Request ? input.url : String(input)).startsWith(api))
    answers.push(`${JSON.stringify([...response.headers])}\n${await response.clone().text()}`);
  return response;
};

let organization: TestOrganization;

const send = async (email = newEmail()): Promise<{ invite: QueuedInvite; token: string }> => {
  const invite = await queueInvite(organization, email);
  return { invite, token: await newestToken(stack, email) };
};

const pass = async (duration: number): Promise<void> => {
  stack.advanceClock(duration);
  await stack.tick();
};

/** Asks as no client of ours would, with the token in a place that is not its own. */
const ask = (
  path: string,
  { token, ...init }: { token: string; method?: string; body?: string; headers?: Record<string, string> },
) =>
  fetch(`${stack.endpoints.api}${path.replaceAll('TOKEN', token)}`, {
    ...init,
    ...(init.body !== undefined && { body: init.body.replaceAll('TOKEN', token) }),
    headers: { 'content-type': 'application/json', ...init.headers },
  });

/** The whole life of invites, and requests that go wrong. */
const scenario = async (): Promise<void> => {
  organization = await newOrganization(stack);
  const { params, manager } = organization;
  const { client } = manager;

  const accepted = await send();
  take(await stack.anybody.lookUpInvite({ body: { token: accepted.token } }));
  await stack.anybody.acceptInvite({ body: { token: accepted.token, password: 'short' } });
  await stack.anybody.acceptInvite({ body: { token: `${accepted.token.slice(0, -1)}A`, password } });
  take(await stack.anybody.acceptInvite({ body: { token: accepted.token, name: 'Ada', password } }));
  take(await stack.anybody.acceptInvite({ body: { token: accepted.token, name: 'Ada', password } }));
  const ada = await stack.signIn(accepted.invite.email);
  take(await ada.client.getMyUser({ params }));

  const declined = await send();
  await stack.anybody.declineInvite({ body: { token: declined.token } });
  const revoked = await send();
  take(await client.revokeInvite({ params: revoked.invite.params }));
  await stack.anybody.lookUpInvite({ body: { token: revoked.token } });

  await send(`bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`);
  await send(`complaint+${newEmail().split('@')[0]}@simulator.amazonses.com`);

  const resent = await send();
  stack.advanceClock(2 * minute);
  take(await client.resendInvite({ params: resent.invite.params }));
  await newestToken(stack, resent.invite.email);
  await stack.anybody.lookUpInvite({ body: { token: resent.token } });
  stack.advanceClock(2 * minute);
  take(await client.changeInvites({ params, body: { action: 'resend', ids: [resent.invite.id] } }));
  const corrected = newEmail();
  take(await client.updateInvite({ params: resent.invite.params, body: { email: corrected } }));
  await newestToken(stack, corrected);

  const known = await stack.newPerson(newEmail());
  const own = await send(known.email);
  take(await known.client.listMyInvites({}));
  take(await known.client.acceptMyInvite({ params: { organizationId: organization.id, inviteId: own.invite.id } }));

  const bringBack = await stack.outage('mail');
  const waiting = await queueInvite(organization);
  await stack.drain();
  await bringBack();
  await pass(2 * minute);
  await newestToken(stack, waiting.email);

  const asked = await send();
  const wrong = { token: asked.token, method: 'POST' };
  for (const body of ['{"token":"TOKEN"', '{"token":["TOKEN"]}', '{"token":"TOKEN TOKEN TOKEN"}', '"TOKEN"', 'TOKEN'])
    for (const path of ['/v1/invites/accept', '/v1/invites/lookup', '/v1/invites/decline', '/v1/invites/request-new'])
      await ask(path, { ...wrong, body });
  await ask('/v1/invites/accept', { ...wrong, body: '{"token":"TOKEN","password":"TOKEN","name":"\u0000"}' });
  await ask('/v1/invites/lookup?token=TOKEN', { ...wrong, body: '{}' });
  await ask('/v1/invites/TOKEN', { ...wrong, body: '{}' });
  await ask('/v1/TOKEN', { token: asked.token });
  for (const path of [
    '/invites/accept?token=TOKEN',
    '/invites/accept%23TOKEN',
    '/invites/accept/TOKEN',
    '/invites/TOKEN%',
  ])
    for (const method of ['GET', 'HEAD', 'POST']) await ask(path, { token: asked.token, method });
  await ask('/v1/organizations/TOKEN/invites', {
    ...wrong,
    headers: { authorization: `Bearer ${manager.accessToken}` },
  });
  await ask('/v1/organizations', { token: asked.token, headers: { authorization: `Bearer ${asked.token}` } });
  await ask('/v1/invites/lookup', {
    ...wrong,
    body: '{"token":"TOKEN"}',
    headers: { 'content-type': `text/plain; ${asked.token}`, 'idempotency-key': asked.token, 'if-match': asked.token },
  });
  await client.listInvites({ params, query: { search: asked.token } });

  // What was given as the name of a field, or as an address, is told to who gave it; it is to be kept nowhere.
  globalThis.fetch = originalFetch;
  await ask('/v1/invites/lookup', { ...wrong, body: '{"TOKEN":1}' });
  await client.inviteUsers({ params, body: { emails: [asked.token], roles: [{ role: 'member' }] } });
  globalThis.fetch = recordingFetch;

  await pass(5 * day + minute);
  await pass(2 * day + minute);
  await stack.anybody.requestNewInvite({ body: { token: asked.token } });
  await stack.drain();
  await invitedMember(stack, organization);

  take(await client.listInvites({ params, query: { limit: 100 } }));
  take(await client.listAuditEvents({ params, query: { limit: 100 } }));
  take(await client.listUsers({ params }));
  await stack.invoke('operate', { command: 'lift_suppression', organizationId: organization.id, email: asked.token });
};

let secrets: string[];

beforeAll(async () => {
  globalThis.fetch = recordingFetch;
  stack.interceptMailEvents((event) => {
    events.push(JSON.stringify(event));
    return [event];
  });
  await scenario();
  globalThis.fetch = originalFetch;
  secrets = await mailedSecrets(stack);
}, 60_000);
afterAll(() => {
  globalThis.fetch = originalFetch;
});

const numbered = (texts: readonly string[]): [string, string][] =>
  texts.map((text, index): [string, string] => [`${index}: ${text.slice(0, 200)}`, text]);

describe('the secrets of all invite mails', () => {
  test('are many, and each is in its mail alone', () => {
    expect(secrets.length).toBeGreaterThanOrEqual(14);
  });

  test('are in nothing that a function printed, and in no item', async () => {
    expect(stack.output.join('')).toContain('"message":"delivery"');
    expect(await leaksOf(stack)).toEqual([]);
  });

  test('are in no answer of the API', () => {
    expect(answers.length).toBeGreaterThan(60);
    expect(placesOf(secrets, numbered(answers))).toEqual([]);
  });

  test('are in no event of a mail', () => {
    // Each email has two secrets and at least two events.
    expect(events.length).toBeGreaterThanOrEqual(secrets.length);
    expect(placesOf(secrets, numbered(events))).toEqual([]);
  });
});

describe('a secret that was told is found', () => {
  const told = (secret: string): Record<string, string> => ({
    'as it is': `{"token":"org_x.inv_x.${secret}"}`,
    'in an address': `GET /x?token=${encodeURIComponent(secret)}&y`,
    'as its bytes': Buffer.from(secret, 'base64url').toString('hex'),
    'in an encoded text': Buffer.from(`{"token":"${secret}"}`).toString('base64'),
    'in an encoded text, one further': Buffer.from(` {"token":"${secret}"}`).toString('base64'),
    'in an encoded text, two further': Buffer.from(`  {"token":"${secret}"}`).toString('base64'),
    'not at all': `{"token":"${secret.slice(1)}"}`,
  });

  test('however it is written', () => {
    const [secret = ''] = secrets;
    const texts = told(secret);
    expect(placesOf([secret], Object.entries(texts))).toEqual(Object.keys(texts).slice(0, -1));
  });

  test('in the log and in the table', async () => {
    const [secret = ''] = secrets;
    const { id } = organization;
    const planted = keys.notice(id, 'planted');
    await tableOf(id).transact([put({ ...planted, facts: { link: `x${secret}` } })]);
    stack.output.push(secret);
    expect((await leaksOf(stack)).toSorted()).toEqual([`the item ${planted.pk} ${planted.sk}`, 'the log']);
    stack.output.pop();
    await tableOf(id).transact([erase(planted)]);
    expect(await leaksOf(stack)).toEqual([]);
  });
});
