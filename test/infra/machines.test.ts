import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { cognitoDirectory } from '../../functions/adapters/cognito-directory.ts';
import { localAws } from '../../infra/local/table.ts';
import { Unavailable } from '../../shared/errors.ts';
import type { Directory } from '../../shared/ports.ts';
import { newEmail, take } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

const pipeline = () => stack.endpoints.cognito.machines[0] ?? expect.unreachable('There is no machine');

const basic = (clientId: string, clientSecret: string) => ({
  authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
});

const askForToken = async (
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(stack.endpoints.cognito.tokenEndpoint, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const claimsOf = (token: unknown): unknown =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());

const grant = { grant_type: 'client_credentials' };

describe('a machine', () => {
  test('calls the API with a token of its own, and belongs to no organization yet', async () => {
    const machine = await stack.machine();
    expect(machine.personId).toBe(pipeline().clientId);
    expect(take(await machine.client.listOrganizations({}))).toEqual({ items: [] });
  });

  test('gets a token that names it, and nobody else, for an hour', async () => {
    const { clientId, clientSecret } = pipeline();
    const { status, body } = await askForToken(grant, basic(clientId, clientSecret));
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String) as string, expires_in: 3600, token_type: 'Bearer' });
    const { endpoint, userPoolId } = stack.endpoints.cognito;
    const claims = claimsOf(body.access_token);
    expect(claims).toMatchObject({
      sub: clientId,
      client_id: clientId,
      token_use: 'access',
      scope: 'roster/api',
      iss: `${endpoint}/${userPoolId}`,
    });
    expect(claims).not.toHaveProperty('username');
  });

  test('may give its secret in the form, and name the scope', async () => {
    const { clientId, clientSecret } = pipeline();
    const form = { ...grant, client_id: clientId, client_secret: clientSecret };
    expect((await askForToken(form)).status).toBe(200);
    expect((await askForToken({ ...form, scope: 'roster/api' })).status).toBe(200);
    expect(await askForToken({ ...form, scope: 'roster/api roster/all' })).toEqual({
      status: 400,
      body: { error: 'invalid_scope' },
    });
  });

  test('keeps its secret when the user directory starts again', async () => {
    const before = pipeline();
    const start = await stack.outage('directory');
    await start();
    expect((await askForToken(grant, basic(before.clientId, before.clientSecret))).status).toBe(200);
  });
});

test('a token is refused to whoever is no machine, or cannot show it', async () => {
  const { clientId, clientSecret } = pipeline();
  const refused = (error: string) => ({ status: 400, body: { error } });
  expect(await askForToken(grant, basic(clientId, 'another'))).toEqual(refused('invalid_client'));
  expect(await askForToken({ ...grant, client_id: clientId })).toEqual(refused('invalid_client'));
  expect(await askForToken(grant, basic('nobody', clientSecret))).toEqual(refused('invalid_client'));
  expect(await askForToken(grant)).toEqual(refused('invalid_client'));
  const console = stack.endpoints.cognito.clientId;
  expect(await askForToken(grant, basic(console, clientSecret))).toEqual(refused('invalid_client'));
  expect(await askForToken({ ...grant, client_id: console })).toEqual(refused('unauthorized_client'));
  expect(await askForToken({}, basic(clientId, clientSecret))).toEqual(refused('invalid_request'));
});

test('other grants go their own way', async () => {
  const { clientId, clientSecret } = pipeline();
  expect(await askForToken({ grant_type: 'password' }, basic(clientId, clientSecret))).toMatchObject({
    status: 400,
    body: { error: 'unsupported_grant_type' },
  });
  expect(
    await askForToken({
      grant_type: 'authorization_code',
      client_id: stack.endpoints.cognito.clientId,
      code: 'none',
      redirect_uri: 'http://localhost/',
      code_verifier: 'none',
    }),
  ).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  const person = await stack.newPerson(newEmail());
  expect(take(await person.client.listOrganizations({}))).toEqual({ items: [] });
});

describe('the user directory', () => {
  const directory = (): Directory =>
    cognitoDirectory(
      new CognitoIdentityProviderClient({ endpoint: stack.endpoints.cognito.endpoint, ...localAws, maxAttempts: 1 }),
      stack.endpoints.cognito.userPoolId,
    );

  test('finds a machine by its client id', async () => {
    const { clientId } = pipeline();
    expect(await directory().findMachine(clientId)).toEqual({ clientId, name: 'pipeline' });
  });

  test.each([
    ["the console's app client", () => stack.endpoints.cognito.clientId],
    ['an unknown id', () => '4h57ki3vgr2la1hs0t8u6n9qoc'],
    ['an id that cannot be one', () => 'no id: {}'],
    ['nothing', () => ''],
  ])('finds no machine by %s', async (_, clientId) => {
    expect(await directory().findMachine(clientId())).toBeUndefined();
  });

  test('says that it is not there, rather than that the machine is not', async () => {
    const start = await stack.outage('directory');
    await expect(directory().findMachine(pipeline().clientId)).rejects.toThrow(Unavailable);
    await start();
  });
});
