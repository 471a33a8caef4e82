import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { localAws } from '../../infra/local/table.ts';
import { day } from '../../shared/time.ts';
import { click, expectState, linkOf, openLink } from '../support/accept-page.ts';
import { expectReadable, useBrowser } from '../support/browser.ts';
import {
  inviteByMail,
  newEmail,
  newestBlockToken,
  newestToken,
  newOrganization,
  newPool,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});

/** Creates an invite. Returns its token and the parameters with which the manager reads it. */
const invite = async (email = newEmail(), roles?: Parameters<typeof inviteByMail>[3]) => {
  const { inviteId, token } = await inviteByMail(stack, organization, email, roles);
  return { email, token, params: { ...organization.params, inviteId } };
};

/** The texts of the buttons and links that the page currently shows. */
const waysOn = async (page: Page): Promise<string[]> => {
  const ways = page.locator('button:visible, a:visible');
  return (await ways.allInnerTexts()).map((text) => text.trim());
};

const deadLinks: { what: string; state: string; says: string; ways: string[]; link(): Promise<string> }[] = [
  {
    what: 'an expired invite',
    state: 'The invitation has expired',
    says: 'You can request a new one.',
    ways: ['Request a new invitation'],
    link: async () => {
      const { token } = await invite();
      stack.advanceClock(8 * day);
      return token;
    },
  },
  {
    what: 'a revoked invite',
    state: 'The invitation was revoked',
    says: 'If you did not expect this, ask the person who invited you.',
    ways: [],
    link: async () => {
      const { token, params } = await invite();
      take(await organization.manager.client.revokeInvite({ params }));
      return token;
    },
  },
  {
    what: 'an older mail of an invite that was sent again',
    state: 'There is a newer email',
    says: 'Open the link in the newest email.',
    ways: [],
    link: async () => {
      const { token, params } = await invite();
      stack.advanceClock(2 * 60_000);
      take(await organization.manager.client.resendInvite({ params }));
      return token;
    },
  },
  {
    what: 'an accepted invite',
    state: 'Already accepted',
    says: 'Sign in with the address that received the email.',
    ways: ['Sign in'],
    link: async () => {
      const { token } = await invite();
      take(await stack.anybody.acceptInvite({ body: { token, password } }));
      return token;
    },
  },
  {
    what: 'a declined invite',
    state: 'The invitation was declined',
    says: 'Ask the person who invited you for a new invitation.',
    ways: [],
    link: async () => {
      const { token } = await invite();
      take(await stack.anybody.declineInvite({ body: { token } }));
      return token;
    },
  },
  {
    what: 'an invite whose pools are gone',
    state: 'This invitation needs new roles',
    says: 'This link will then work again.',
    ways: [],
    link: async () => {
      const poolId = await newPool(organization, 'Web', organization.rootPoolId);
      const { token } = await invite(newEmail(), [{ role: 'engineer', poolId }]);
      take(await organization.manager.client.deletePool({ params: { ...organization.params, poolId } }));
      return token;
    },
  },
  {
    what: 'an invite that its recipient blocked',
    state: 'You blocked this organization',
    says: 'It cannot invite you.',
    ways: [],
    link: async () => {
      const { email, token } = await invite();
      take(await stack.anybody.blockOrganization({ body: { token: await newestBlockToken(stack, email) } }));
      return token;
    },
  },
  {
    what: 'a link with another secret',
    state: 'No invitation was found for this link',
    says: 'Copy the whole link from the newest email and paste it here',
    ways: ['Open the invitation'],
    link: async () => `${(await invite()).token.slice(0, -5)}AAAAA`,
  },
  {
    what: 'a link that was cut in its secret',
    state: 'The link is incomplete',
    says: 'Your email program may have cut it',
    ways: ['Open the invitation'],
    link: async () => (await invite()).token.slice(0, -5),
  },
];

test.each(deadLinks)('$what has its own text and shows how to continue', async ({ state, says, ways, link }) => {
  const page = await openLink(stack, browser, await link());
  await expectState(page, state);
  await page.getByText(says).waitFor();
  expect(await waysOn(page)).toEqual(ways);
  await expectReadable(page);
});

test('a person with an expired link requests a new invitation: the inviter is notified once, and the new link works', async () => {
  const { email, token, params } = await invite();
  stack.advanceClock(8 * day);
  const requests = async () =>
    (await stack.noticesTo(organization.manager.email)).filter(({ body }) =>
      body.text.replaceAll('\u2060', '').includes(`${email} requested a new invitation`),
    );
  for (const _ of ['first', 'second']) {
    const page = await openLink(stack, browser, token);
    await expectState(page, 'The invitation has expired');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expectState(page, 'New invitation requested');
    await page.getByText('The person who invited you has been notified').waitFor();
    expect(await waysOn(page)).toEqual([]);
    expect(await requests()).toHaveLength(1);
  }
  take(await organization.manager.client.resendInvite({ params }));
  await expectState(await openLink(stack, browser, await newestToken(stack, email)), 'Join Acme');
  await expectState(await openLink(stack, browser, token), 'There is a newer email');
});

test('a link for blocking asks for confirmation, blocks after a click, and can unblock when it is opened again', async () => {
  const { email, params } = await invite();
  const token = await newestBlockToken(stack, email);
  const status = async () => take(await organization.manager.client.getInvite({ params })).status;
  const asking = await openLink(stack, browser, token);
  await expectState(asking, 'Block Acme?');
  expect(await waysOn(asking)).toEqual(['Block the organization']);
  expect(await status()).toBe('pending');
  await expectReadable(asking);
  await click(asking, 'Block the organization');
  await expectState(asking, 'Blocked');
  expect(await status()).toBe('blocked');

  const lifting = await openLink(stack, browser, token);
  await expectState(lifting, 'You blocked Acme');
  await click(lifting, 'Allow invitations again');
  await expectState(lifting, 'Unblocked');
  await inviteByMail(stack, organization, email);
});

test('a failed request for a new invite can be repeated', async () => {
  const { token } = await invite();
  stack.advanceClock(8 * day);
  const page = await openLink(stack, browser, token);
  await expectState(page, 'The invitation has expired');
  await page.context().setOffline(true);
  await click(page, 'Request a new invitation');
  await page.getByRole('alert').getByText('The service cannot be reached.').waitFor();
  await expectReadable(page);
  await page.context().setOffline(false);
  await click(page, 'Request a new invitation');
  await expectState(page, 'New invitation requested');
  await expectReadable(page);
});

test('if an invite ends while its page is open, the page says so after the click', async () => {
  const { token, params } = await invite();
  const page = await openLink(stack, browser, token);
  await expectState(page, 'Join Acme');
  take(await organization.manager.client.revokeInvite({ params }));
  await click(page, 'Decline');
  await expectState(page, 'The invitation was revoked');
});

describe('the field for a link', () => {
  const field = (page: Page) => page.getByLabel('Link from the email');

  test('opens the invite of a complete link that is split into several lines', async () => {
    const { token } = await invite();
    const page = await openLink(stack, browser, token.slice(0, -10));
    await expectState(page, 'The link is incomplete');
    await field(page).fill(linkOf(stack, token).replace(/(.{60})/g, '$1\r\n'));
    await page.keyboard.press('Enter');
    await expectState(page, 'Join Acme');
    expect(page.url()).toBe(`${stack.endpoints.api}/invites/accept`);
  });

  test('opens the invite of a pasted email, and of a copied button', async () => {
    const { email, token } = await invite();
    const [mail] = await stack.mailsTo(email);
    const page = await openLink(stack, browser, '');
    const paste = (type: string, text: string) =>
      field(page).evaluate(
        (input, [kind, given]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData(kind, given);
          return input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
        },
        [type, text] as const,
      );
    for (const [type, text] of [
      ['text/plain', mail?.body.text.replace(/^/gm, '> ') ?? ''],
      ['text/html', mail?.body.html ?? ''],
    ] as const) {
      await field(page).fill('');
      expect(await paste(type, text)).toBe(false);
      expect(await field(page).inputValue()).toBe(token);
    }
    expect(await paste('text/plain', 'no link')).toBe(true);
    await click(page, 'Open the invitation');
    await expectState(page, 'Join Acme');
  });

  test('reports at the field that a link is still incomplete, and sends no request', async () => {
    const { token } = await invite();
    const page = await openLink(stack, browser, '');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await field(page).fill(linkOf(stack, token).slice(0, -10));
    await page.keyboard.press('Enter');
    await page.getByText('This is not the whole link.').waitFor();
    expect(await field(page).getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('link');
    expect(asked).toEqual([]);
    await expectReadable(page);
  });
});

describe('the page explains why an account cannot be used, and the invite stays pending', () => {
  const directory = () =>
    new CognitoIdentityProviderClient({ endpoint: stack.endpoints.cognito.endpoint, ...localAws });
  const account = (username: string) => ({ UserPoolId: stack.endpoints.cognito.userPoolId, Username: username });
  const setAddress = (username: string, email: string) =>
    directory().send(
      new AdminUpdateUserAttributesCommand({ ...account(username), UserAttributes: verified(email, true) }),
    );
  const verified = (email: string, isVerified: boolean) => [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: String(isVerified) },
  ];

  test.each<{
    what: string;
    state: string;
    ways: string[];
    make(email: string): Promise<unknown>;
    mend(email: string): Promise<unknown>;
  }>([
    {
      what: 'disabled',
      state: 'Your account is disabled',
      ways: ['Try again'],
      make: async (email) => {
        await stack.newPerson(email);
        await directory().send(new AdminDisableUserCommand(account(email)));
      },
      mend: (email) => directory().send(new AdminEnableUserCommand(account(email))),
    },
    {
      what: 'not verified',
      state: 'Your address is not verified',
      ways: ['Try again', 'Sign in'],
      make: (email) =>
        directory().send(
          new AdminCreateUserCommand({
            ...account(email),
            MessageAction: 'SUPPRESS',
            UserAttributes: verified(email, false),
          }),
        ),
      mend: (email) => setAddress(email, email),
    },
  ])('$what', async ({ state, ways, make, mend }) => {
    const email = newEmail();
    await make(email);
    const page = await openLink(stack, browser, (await invite(email)).token);
    await click(page, 'Accept');
    await expectState(page, state);
    expect(await waysOn(page)).toEqual(ways);
    await expectReadable(page);
    await mend(email);
    await click(page, 'Try again');
    await click(page, 'Accept');
    await expectState(page, 'Welcome to Acme');
  });

  test('a person who is already a user, with a previous address', async () => {
    const { email, token } = await invite();
    take(await stack.anybody.acceptInvite({ body: { token, password } }));
    const { personId } = await stack.signIn(email);
    const renamed = newEmail();
    await setAddress(personId, renamed);
    const page = await openLink(stack, browser, (await invite(renamed)).token);
    await click(page, 'Accept');
    await expectState(page, 'You have already joined');
    expect(await waysOn(page)).toEqual(['Sign in']);
    await expectReadable(page);
  });
});
