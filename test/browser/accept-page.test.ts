import { describe, expect, test } from 'vitest';
import { keys, partitions } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { day } from '../../shared/time.ts';
import { click, expectState, fillAccount, linkOf, openLink } from '../support/accept-page.ts';
import { expectReadable, openMail, useBrowser, wcag } from '../support/browser.ts';
import { inviteByMail, newEmail, newOrganization, newPool, take } from '../support/organization.ts';
import { servicesOf } from '../support/operations.ts';
import { password, useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const browser = useBrowser();

test('an invitee clicks the link in the email, sees the invitation, chooses a password and joins', async () => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const email = 'ada.lovelace@example.com';
  const message = 'Hello Ada,\nwe start on Monday.';
  const roles = [{ role: 'manager' as const, poolId: web }, { role: 'member' as const }];
  const body = { emails: [email], roles, message };
  take(await organization.manager.client.inviteUsers({ params: organization.params, body }));
  const [mail] = await stack.mailsTo(email);
  const page = await openMail(browser, mail?.body.html ?? '');
  await expectReadable(page, wcag);
  await page.getByRole('link', { name: 'View the invitation' }).click();

  await page.setViewportSize({ width: 760, height: 980 });
  await expectState(page, 'Join Acme FinOps');
  expect(await page.getByText('Mara Manager invited').textContent()).toBe(`Mara Manager invited ${email}.`);
  expect(await page.locator('#sender').innerText()).toMatch(
    /^The inviter’s address is \S+@\S+\. The organization was created on \d+ \w+ \d{4}\.$/,
  );
  expect(await page.locator('#message').textContent()).toBe(message);
  expect(await page.locator('#roles li').allTextContents()).toEqual(['Manager in Web', 'Member']);
  expect(await page.locator('#password-rules li').allTextContents()).toContain('at least 12 characters');
  await expectReadable(page);

  await fillAccount(page, 'Ada Lovelace', password);
  await page.keyboard.press('Enter');
  await expectState(page, 'Welcome to Acme FinOps');
  const { host } = new URL(stack.endpoints.api);
  await page.getByText(`Sign in at ${host} as ${email} with your account’s password.`).waitFor();
  expect(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe(
    `/#login_hint=${encodeURIComponent(email)}`,
  );
  await expectReadable(page);
  const ada = await stack.signIn(email);
  expect(take(await ada.client.getMyUser({ params: organization.params })).name).toBe('Ada Lovelace');
});

test('an invite can be accepted by keyboard alone, and a refused password is reported at its field', async () => {
  const organization = await newOrganization(stack);
  const email = newEmail();
  const page = await openLink(stack, browser, (await inviteByMail(stack, organization, email)).token);
  await expectState(page, 'Join Acme');
  const focused = () => page.evaluate(() => document.activeElement?.id);
  const press = async (key: string, ...order: string[]) => {
    for (const id of order) {
      await page.keyboard.press(key);
      expect(await focused()).toBe(id);
    }
  };
  const field = page.getByRole('textbox', { name: 'Password', exact: true });
  const told = async () => [
    await field.getAttribute('aria-invalid'),
    await page.locator('#password-error').innerText(),
  ];

  await press('Tab', 'username', 'name');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('name');
  expect(await page.locator('#name-error').innerText()).toContain('Enter your name');
  await expectReadable(page);
  await page.keyboard.type('Grace Hopper');
  expect(await page.locator('#name-error').innerText()).toBe('');

  await press('Tab', 'password');
  await page.keyboard.type('correct');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('password');
  expect(await told()).toEqual([
    'true',
    'The password still needs at least 12 characters, an upper-case letter, a digit.',
  ]);
  expect(await page.locator('#password-rules .met').allTextContents()).toEqual([
    'a lower-case letter',
    'no space at either end',
  ]);
  await page.keyboard.type('-Horse');
  expect(await told()).toEqual(['true', 'The password still needs a digit.']);
  await page.keyboard.type('-7');
  expect(await told()).toEqual([null, '']);

  await press('Tab', 'reveal');
  await page.keyboard.press('Space');
  expect(await field.inputValue()).toBe('correct-Horse-7');
  expect(await field.getAttribute('type')).toBe('text');
  await press('Tab', 'accept', 'decline');
  await press('Shift+Tab', 'accept');
  await page.keyboard.press('Space');
  await expectState(page, 'Welcome to Acme');
  await press('Tab', 'sign-in');
  await stack.signIn(email, 'correct-Horse-7');
});

test('a person with an account enters nothing, and sees the inviter’s message as plain text', async () => {
  const organization = await newOrganization(stack, 'Schöne-Grüße & <b>Söhne</b> '.repeat(3).trim());
  const { email } = await stack.newPerson(newEmail());
  const message = `<img src=x onerror="document.title='owned'">\nSee https://evil.example/${'x'.repeat(200)}`;
  const body = { emails: [email], roles: [{ role: 'member' as const }], message };
  take(await organization.manager.client.inviteUsers({ params: organization.params, body }));
  const [mail] = await stack.mailsTo(email);
  const page = await openLink(stack, browser, /#(\S+)/.exec(mail?.body.text ?? '')?.[1] ?? '');
  await page.getByText('You already have an account.').waitFor();
  expect(await page.locator('#message').textContent()).toBe(message);
  expect(await page.locator('main').locator('img, b, #message a').count()).toBe(0);
  expect(await page.getByRole('textbox').count()).toBe(0);
  await expectReadable(page);
  await click(page, 'Accept');
  await page.getByText(`as ${email} with your account’s password.`).waitFor();
});

test('two clicks on Accept send one request and create one user', async () => {
  const organization = await newOrganization(stack);
  const email = newEmail();
  const page = await openLink(stack, browser, (await inviteByMail(stack, organization, email)).token);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await fillAccount(page, 'Ada', password);
  await page.getByRole('button', { name: 'Accept' }).dblclick();
  await expectState(page, 'Welcome to Acme');
  expect(asked).toEqual(['/v1/invites/accept']);
  const { client } = organization.manager;
  const { items } = take(await client.listUsers({ params: organization.params, query: { search: email } }));
  expect(items).toHaveLength(1);
});

test('Decline requires no name and no password, and shows that the invite was declined', async () => {
  const organization = await newOrganization(stack);
  const { token, inviteId } = await inviteByMail(stack, organization, newEmail());
  const page = await openLink(stack, browser, token);
  await expectState(page, 'Join Acme');
  await click(page, 'Decline');
  await expectState(page, 'Declined');
  await expectReadable(page);
  const params = { ...organization.params, inviteId };
  expect(take(await organization.manager.client.getInvite({ params })).status).toBe('declined');
});

describe('if the service does not respond, no input is lost', () => {
  test.each<{ what: string; says: string; hinder(): Promise<() => Promise<unknown>> }>([
    {
      what: 'its directory is down',
      says: 'The service is not available at the moment.',
      hinder: () => stack.outage('directory'),
    },
    {
      what: 'too many requests came from the network',
      says: 'Too many requests came from your network.',
      hinder: async () => {
        await countRequests(1_000_000);
        return () => countRequests(0);
      },
    },
  ])('$what', async ({ says, hinder }) => {
    const organization = await newOrganization(stack);
    const email = newEmail();
    const { token } = await inviteByMail(stack, organization, email);
    const page = await openLink(stack, browser, token);
    await expectState(page, 'Join Acme');
    await fillAccount(page, 'Ada Lovelace', password);
    const mend = await hinder();
    await click(page, 'Accept');
    await page.getByRole('alert').getByText(says).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('accept');
    await expectReadable(page);

    const late = await openLink(stack, browser, token);
    await late.getByText(says).waitFor();
    await expectReadable(late);
    await mend();
    await click(late, 'Try again');
    await expectState(late, 'Join Acme');
    await click(page, 'Accept');
    await expectState(page, 'Welcome to Acme');
    await stack.signIn(email);
  });

  test('the connection is gone', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const page = await openLink(stack, browser, token);
    await expectState(page, 'Join Acme');
    await page.context().setOffline(true);
    await click(page, 'Decline');
    await page.getByRole('alert').getByText('The service cannot be reached. Nothing is lost').waitFor();
    await page.context().setOffline(false);
    await click(page, 'Decline');
    await expectState(page, 'Declined');
  });
});

test('the page shows that it is reading the invite', async () => {
  const organization = await newOrganization(stack);
  const { token } = await inviteByMail(stack, organization, newEmail());
  const page = await browser.newPage();
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  await page.route('**/lookup', async (route) => goOn.then(() => route.continue()));
  await page.goto(linkOf(stack, token));
  await expectState(page, 'Opening your invitation…');
  await expectReadable(page);
  resolve();
  await expectState(page, 'Join Acme');
});

test('a browser that opens the page and runs its scripts changes nothing without a click', async () => {
  const organization = await newOrganization(stack);
  const invited = newEmail();
  const { token } = await inviteByMail(stack, organization, invited);
  const before = await everyItem(stack);
  const page = await openLink(stack, browser, token);
  await expectState(page, 'Join Acme');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await page.close();
  await stack.tick();
  const changed = changesOf(before, await everyItem(stack));
  expect(changed.filter((key) => !key.startsWith(partitions.source('')))).toEqual([]);
  expect(Object.keys(before).length).toBeGreaterThan(20);
  expect(await stack.mailsTo(invited)).toHaveLength(1);
  await expect(stack.signIn(invited)).rejects.toThrow();
});

describe('the secret of the link', () => {
  test('appears in no address, history or referrer, and is sent only to this origin, in a body', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const secret = token.split('.')[2] ?? '';
    const page = await browser.newPage();
    const asked: { url: string; headers: Record<string, string> }[] = [];
    page.on('request', (request) => asked.push({ url: request.url(), headers: request.headers() }));
    await page.goto(linkOf(stack, token));
    await expectState(page, 'Join Acme');
    const url = `${stack.endpoints.api}/invites/accept`;
    expect(page.url()).toBe(url);
    expect(await page.evaluate(() => [history.length, document.referrer, history.state])).toEqual([2, '', null]);
    expect(await page.evaluate(() => [localStorage.length, document.cookie])).toEqual([0, '']);
    expect(await page.content()).not.toContain(secret);
    expect(asked.map((each) => each.url)).toEqual([url, `${stack.endpoints.api}/v1/invites/lookup`]);
    expect(JSON.stringify(asked)).not.toContain(secret);
    expect(asked.map(({ headers }) => headers.referer ?? '')).toEqual(['', '']);
  });

  test('is kept in the tab when the page is reloaded, and deleted once the invite is accepted or declined', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const page = await browser.newPage();
    const stored = () => page.evaluate(() => Object.values(sessionStorage));
    await page.goto(linkOf(stack, token).replace('#', '%23'));
    await expectState(page, 'Join Acme');
    expect(page.url()).toBe(`${stack.endpoints.api}/invites/accept`);
    await page.reload();
    await expectState(page, 'Join Acme');
    await page.goto('about:blank');
    await page.goBack();
    await expectState(page, 'Join Acme');
    expect(await stored()).toEqual([token]);
    const otherTab = await page.context().newPage();
    await otherTab.goto(page.url());
    await expectState(otherTab, 'The link is incomplete');
    await click(page, 'Decline');
    await expectState(page, 'Declined');
    expect(await stored()).toEqual([]);
    await page.reload();
    await expectState(page, 'The link is incomplete');
  });

  test('is also removed from the address bar when it is pasted there while the page is open', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    const page = await openLink(stack, browser, '');
    await expectState(page, 'The link is incomplete');
    await page.goto(linkOf(stack, token));
    await expectState(page, 'Join Acme');
    expect(page.url()).toBe(`${stack.endpoints.api}/invites/accept`);
  });
});

test('only the page’s own scripts run, it loads nothing else, and it cannot be framed', async () => {
  const page = await openLink(stack, browser, '');
  await expectState(page, 'The link is incomplete');
  const refused: string[] = [];
  await page.exposeFunction('onRefused', (directive: string) => refused.push(directive));
  const ran = await page.evaluate(async () => {
    const { onRefused } = globalThis as unknown as { onRefused: (directive: string) => void };
    document.addEventListener('securitypolicyviolation', (event) => onRefused(event.effectiveDirective));
    const script = document.createElement('script');
    const image = document.createElement('img');
    image.src = '/health';
    document.body.append(script, image);
    const attempts = [
      () => (script.textContent = 'document.title = "owned"'),
      () => document.body.setAttribute('onclick', 'document.title = "owned"'),
      () => (document.body.innerHTML = '<script>document.title = "owned"</script>'),
    ];
    await fetch('http://other.example/').catch(() => undefined);
    return attempts.filter((attempt) => {
      try {
        attempt();
        return true;
      } catch {
        return false;
      }
    }).length;
  });
  expect(ran).toBe(0);
  const scripts = Array.from({ length: 3 }, () => 'require-trusted-types-for');
  await expect.poll(() => refused.toSorted()).toEqual(['connect-src', 'img-src', ...scripts]);
  expect(await page.title()).toBe('The link is incomplete');

  const response = await fetch(`${stack.endpoints.api}/invites/accept`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});

test('without JavaScript, the page explains what to do', async () => {
  const page = await openLink(stack, browser, '', { javaScriptEnabled: false });
  await page.getByRole('heading', { name: 'This page needs JavaScript' }).waitFor();
  expect(await page.getByRole('heading').count()).toBe(1);
});

test('the reminder opens the same invite, and is readable', async () => {
  const organization = await newOrganization(stack);
  const email = newEmail();
  await inviteByMail(stack, organization, email);
  stack.advanceClock(5.5 * day);
  await stack.tick();
  const [, reminder] = await stack.mailsTo(email);
  const page = await openMail(browser, reminder?.body.html ?? '');
  await page.getByText('This is a reminder').waitFor();
  await expectReadable(page, wcag);
  await page.getByRole('link', { name: 'View the invitation' }).click();
  await expectState(page, 'Join Acme');
});

/** Stores this number of requests from this machine in the current and the next minute. */
const countRequests = async (requests: number): Promise<void> => {
  for (const source of ['127.0.0.1', '0:0:0:0'])
    for (const ahead of [0, 60_000]) {
      const key = keys.sourceMinute(source, new Date(stack.now() + ahead).toISOString().slice(0, 16));
      const table = servicesOf(undefined).tenantTable(partitions.source(source));
      expect(await table.transact([update(key, { set: { requests } })])).toMatchObject({ ok: true });
    }
};
