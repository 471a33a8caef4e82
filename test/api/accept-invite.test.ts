import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { localAws } from '../../infra/local/table.ts';
import {
  inviteByMail,
  newEmail,
  newestToken,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const day = 24 * 60 * 60_000;

describe('accepting', () => {
  test('creates an account with the chosen password, notifies its address, and responds the same to a second click', async () => {
    const organization = await newOrganization(stack);
    const email = newEmail();
    const { token, inviteId } = await inviteByMail(stack, organization, email);
    const accept = () => stack.anybody.acceptInvite({ body: { token, name: 'Grace Hopper', password } });
    const first = take(await accept());
    expect(first).toEqual({ organizationId: organization.id, userId: first.userId, email });
    expect(take(await accept())).toEqual(first);
    const grace = await stack.signIn(email);
    expect(take(await grace.client.getMyUser({ params: organization.params }))).toMatchObject({
      id: first.userId,
      name: 'Grace Hopper',
      email,
    });
    const params = { ...organization.params, inviteId };
    expect(take(await organization.manager.client.getInvite({ params }))).toMatchObject({
      status: 'accepted',
      userId: first.userId,
    });
    expect((await stack.mailsTo(email)).map(({ subject }) => subject)).toEqual([
      'Mara Manager invited you to Acme',
      'Your account was created',
    ]);
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token } }))).toBe('410 invite_accepted');
  });

  test('with an existing account requires no password and leaves its credentials unchanged', async () => {
    const organization = await newOrganization(stack);
    const email = newEmail();
    await stack.newPerson(email, 'Existing Person');
    const { token } = await inviteByMail(stack, organization, email);
    expect(take(await stack.anybody.lookUpInvite({ body: { token } })).needsAccount).toBe(false);
    take(await stack.anybody.acceptInvite({ body: { token, name: 'Other', password: 'Another-password-1' } }));
    const person = await stack.signIn(email, password);
    expect(take(await person.client.getMyUser({ params: organization.params })).name).toBe('Existing Person');
    await expect(stack.signIn(email, 'Another-password-1')).rejects.toThrow(/NotAuthorized|Incorrect|not authorized/i);
  });

  test('with a disabled account is refused with its own code, and the invite stays pending', async () => {
    const organization = await newOrganization(stack);
    const { email } = await stack.newPerson(newEmail());
    const { cognito } = stack.endpoints;
    const directory = new CognitoIdentityProviderClient({ endpoint: cognito.endpoint, ...localAws });
    const user = { UserPoolId: cognito.userPoolId, Username: email };
    await directory.send(new AdminDisableUserCommand(user));
    const { token } = await inviteByMail(stack, organization, email);
    const accept = () => stack.anybody.acceptInvite({ body: { token, password: 'Another-password-1' } });
    expect(refusal(await accept())).toBe('409 account_disabled');
    await directory.send(new AdminEnableUserCommand(user));
    take(await accept());
    await stack.signIn(email, password);
  });

  test('at an internationalized domain creates an account with the address in punycode', async () => {
    const organization = await newOrganization(stack);
    const [local] = newEmail().split('@');
    const email = `${local}@xn--bcher-kva.example`;
    const { params, manager } = organization;
    const body = { emails: [`${local}@BÜCHER.example`], roles: [{ role: 'member' as const }] };
    take(await manager.client.inviteUsers({ params, body }));
    const token = await newestToken(stack, email);
    expect(take(await stack.anybody.acceptInvite({ body: { token, password } })).email).toBe(email);
    const person = await stack.signIn(email);
    expect(take(await person.client.getMe({}))).toMatchObject({ email, emailVerified: true, name: email });
  });

  test('drops roles on deleted pools, and an invite without any roles left is void', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    const engineer = { role: 'engineer' as const, poolId: web };
    const email = newEmail();
    const both = await inviteByMail(stack, organization, email, [engineer, { role: 'member' }]);
    const one = await inviteByMail(stack, organization, newEmail(), [engineer]);
    await manager.client.deletePool({ params: { ...params, poolId: web } });
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token: one.token } }))).toBe('410 invite_void');
    expect(refusal(await stack.anybody.acceptInvite({ body: { token: one.token, password } }))).toBe('410 invite_void');
    expect(take(await stack.anybody.lookUpInvite({ body: { token: both.token } })).roles).toEqual([{ role: 'member' }]);
    take(await stack.anybody.acceptInvite({ body: { token: both.token, password } }));
    const { client } = await stack.signIn(email);
    expect(take(await client.getMyUser({ params })).roles).toEqual([{ role: 'member' }]);
  });

  test('requires a password that meets the policy, and otherwise the invite stays pending', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    expect(refusal(await stack.anybody.acceptInvite({ body: { token } }))).toBe('422 password_required');
    const weak = await stack.anybody.acceptInvite({ body: { token, password: 'short' } });
    expect(refusal(weak)).toBe('422 password_refused');
    expect(!weak.ok && weak.problem.errors?.[0]?.detail).toContain('at least 12 characters');
    take(await stack.anybody.acceptInvite({ body: { token, password } }));
  });

  test('50 times at once creates one membership and one account, sends one notice, and every response is the same', async () => {
    const organization = await newOrganization(stack);
    const email = newEmail();
    const { token } = await inviteByMail(stack, organization, email);
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => stack.anybody.acceptInvite({ body: { token, password } })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(new Set(replies.map((reply) => JSON.stringify(take(reply)))).size).toBe(1);
    const { items } = take(await organization.manager.client.listUsers({ params: organization.params }));
    expect(items.map((user) => user.email).toSorted()).toEqual([organization.manager.email, email].toSorted());
    const made = (await stack.mailsTo(email)).filter(({ subject }) => subject === 'Your account was created');
    expect(made).toHaveLength(1);
    await stack.signIn(email);
  });

  test('invites of two organizations to one new address at once creates one account with one password and two memberships', async () => {
    const [one, two] = [await newOrganization(stack, 'One'), await newOrganization(stack, 'Two')];
    const email = newEmail();
    const invites = [await inviteByMail(stack, one, email), await inviteByMail(stack, two, email)];
    const passwords = ['First-password-1', 'Second-password-2'];
    const replies = await Promise.all(
      invites.map(({ token }, index) =>
        stack.anybody.acceptInvite({ body: { token, password: passwords[index] ?? '' } }),
      ),
    );
    replies.map(take);
    const signedIn = await Promise.allSettled(passwords.map((secret) => stack.signIn(email, secret)));
    const [person] = signedIn.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(signedIn.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(take((await person?.client.listOrganizations({})) ?? expect.unreachable()).items).toHaveLength(2);
    const made = (await stack.mailsTo(email)).filter(({ subject }) => subject === 'Your account was created');
    expect(made).toHaveLength(1);
  });

  test('is refused once the invite has expired', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    stack.advanceClock(7 * day);
    expect(refusal(await stack.anybody.acceptInvite({ body: { token, password } }))).toBe('410 invite_expired');
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token } }))).toBe('410 invite_expired');
    expect(refusal(await stack.anybody.declineInvite({ body: { token } }))).toBe('410 invite_expired');
  });

  test('assigns the roles of the invite on existing pools', async () => {
    const organization = await newOrganization(stack);
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    const member = await newMember(stack, organization, [{ role: 'manager', poolId: web }, { role: 'member' }]);
    expect(take(await member.client.getMyUser({ params: organization.params })).roles).toEqual([
      { role: 'manager', poolId: web, poolName: 'Web' },
      { role: 'member' },
    ]);
  });
});

describe('declining', () => {
  test('ends the invite, responds the same to a second click, and frees the address', async () => {
    const organization = await newOrganization(stack);
    const email = newEmail();
    const { token } = await inviteByMail(stack, organization, email);
    expect((await stack.anybody.declineInvite({ body: { token } })).status).toBe(204);
    expect((await stack.anybody.declineInvite({ body: { token } })).status).toBe(204);
    expect(refusal(await stack.anybody.acceptInvite({ body: { token, password } }))).toBe('410 invite_declined');
    const { params, manager } = organization;
    expect(
      take(await manager.client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }))
        .summary,
    ).toEqual({ created: 1 });
  });
});

describe('a link', () => {
  test('without the right secret is unknown, whatever the status of the invite', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const [org, invite, secret = ''] = token.split('.');
    const wrong = `${org}.${invite}.${'A'.repeat(43)}`;
    const elsewhere = (await newOrganization(stack)).id;
    for (const each of [
      wrong,
      `${elsewhere}.${invite}.${secret}`,
      `${org}.${invite}`,
      'x',
      `${org}.${invite}.${secret}x`,
    ])
      expect(refusal(await stack.anybody.acceptInvite({ body: { token: each, password } }))).toBe(
        '404 invite_not_found',
      );
    await stack.anybody.declineInvite({ body: { token } });
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token: wrong } }))).toBe('404 invite_not_found');
  });

  test('opened 100 times by GET and HEAD changes nothing in the whole table', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const before = await everyItem(stack);
    const urls = ['', '?utm_source=mail', `?token=${token}`].map(
      (query) => `${stack.endpoints.api}/invites/accept${query}#${token}`,
    );
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        fetch(urls[index % urls.length] ?? '', { method: index % 2 ? 'GET' : 'HEAD' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await stack.drain();
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
    expect(answers[1]?.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answers[1]?.headers.get('cache-control')).toBe('no-store');
    expect(answers[1]?.headers.get('referrer-policy')).toBe('no-referrer');
    take(await stack.anybody.acceptInvite({ body: { token, password } }));
  });

  test.each([
    'accept%23TOKEN',
    'accept%2523TOKEN',
    'accept/TOKEN',
    'accept/%23TOKEN?utm_source=mail',
    'accept/',
    'accept.',
    'accept).',
    'accept%3E',
    'accept%E3%80%82',
    'accept,%20and%20answer',
    'accept&data=05%7C02',
    'accept*TOKEN__;Iw!!x$',
    'TOKEN',
    'Accept#TOKEN',
  ])('opens the page at /invites/%s, and appears in no log line', async (path) => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const url = `${stack.endpoints.api}/invites/${path.replace('TOKEN', token)}`;
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const atItsPath = await fetch(`${stack.endpoints.api}/invites/accept`);
    const headers = ({ headers: all }: Response) =>
      Object.fromEntries([...all].filter(([name]) => !['date', 'apigw-requestid'].includes(name)));
    expect(headers(page)).toEqual(headers(atItsPath));
    expect(await page.text()).toBe(await atItsPath.text());
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect(stack.output.join('')).toContain('GET /invites/{proxy+}');
    expect(stack.output.join('')).not.toContain(token.split('.')[2]);
  });

  test('that is looked up 20 times changes nothing except the count of requests', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const before = await everyItem(stack);
    const shown = await Promise.all(Array.from({ length: 20 }, () => stack.anybody.lookUpInvite({ body: { token } })));
    expect(new Set(shown.map((reply) => JSON.stringify(take(reply)))).size).toBe(1);
    const changes = changesOf(before, await everyItem(stack));
    expect(changes.filter((key) => !key.startsWith('source#'))).toEqual([]);
  });

  test('appears in no log line, response or table item: only its hash does', async () => {
    const organization = await newOrganization(stack);
    const email = newEmail();
    const { token } = await inviteByMail(stack, organization, email);
    take(await stack.anybody.acceptInvite({ body: { token, password } }));
    const secret = (await newestToken(stack, email)).split('.')[2] ?? '';
    expect(secret).toHaveLength(43);
    expect(stack.output.join('')).not.toContain(secret);
    expect(stack.output.join('')).not.toContain(email);
    expect(stack.output.join('')).toContain('POST /v1/invites/accept');
    expect(JSON.stringify(await everyItem(stack))).not.toContain(secret);
  });
});
