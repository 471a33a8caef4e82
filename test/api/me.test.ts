import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, test } from 'vitest';
import { localAws } from '../../infra/local/table.ts';
import { updateMe } from '../../shared/me/update-me.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { servicesOf } from '../support/operations.ts';
import {
  everyPage,
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack, type SignedIn } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const second = 1_000;
const day = 24 * 60 * 60 * second;

const invite = async (
  { params, manager }: TestOrganization,
  email: string,
  given: { roles?: RoleAssignment[]; message?: string; expiresInDays?: number } = {},
): Promise<string> => {
  const body = { emails: [email], roles: [{ role: 'member' as const }], ...given };
  return take(await manager.client.inviteUsers({ params, body })).results[0]?.invite?.id ?? '';
};

const of = ({ params }: TestOrganization, inviteId: string) => ({ params: { ...params, inviteId } });

const myInvites = async ({ client }: SignedIn, limit = 50) =>
  everyPage((cursor) => client.listMyInvites({ query: { limit, ...cursor } }));

const directory = () => new CognitoIdentityProviderClient({ endpoint: stack.endpoints.cognito.endpoint, ...localAws });

/** A signed-in person whose email address is not verified. */
const unverifiedPerson = async (): Promise<SignedIn> => {
  const email = newEmail('unverified');
  const user = { UserPoolId: stack.endpoints.cognito.userPoolId, Username: email };
  const attributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'false' },
  ];
  await directory().send(
    new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes: attributes }),
  );
  await directory().send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  return stack.signIn(email);
};

const verify = async ({ personId, email }: SignedIn): Promise<void> => {
  const attributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  const user = { UserPoolId: stack.endpoints.cognito.userPoolId, Username: personId };
  await directory().send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes: attributes }));
};

describe('a signed-in person', () => {
  test('is shown with the address and the name of the account', async () => {
    const email = newEmail('me');
    const person = await stack.newPerson(email, 'Ada Lovelace');
    expect(take(await person.client.getMe({}))).toEqual({
      id: person.personId,
      email,
      emailVerified: true,
      name: 'Ada Lovelace',
    });
  });

  test('is anybody with an account, and nobody without', async () => {
    expect(refusal(await stack.anybody.getMe({}))).toBe('401 unauthorized');
    expect(refusal(await stack.anybody.listMyInvites({}))).toBe('401 unauthorized');
  });
});

test('a machine is no person: it has no name to change and no invites', async () => {
  const { client } = await stack.machine();
  const organization = await newOrganization(stack);
  const inviteId = await invite(organization, newEmail());
  for (const reply of [
    await client.getMe({}),
    await client.updateMe({ body: { name: 'Robot' } }),
    await client.listMyInvites({}),
    await client.acceptMyInvite(of(organization, inviteId)),
    await client.declineMyInvite(of(organization, inviteId)),
  ])
    expect(refusal(reply)).toBe('403 forbidden');
});

describe('changing one’s name', () => {
  /** A user of two organizations: a pool manager of one, and an organization manager of the other. */
  const twoOrganizations = async (name: string) => {
    const [one, other] = [await newOrganization(stack, 'One'), await newOrganization(stack, 'Other')];
    const web = await newPool(one, 'Web', one.rootPoolId);
    const person = await newMember(stack, one, [{ role: 'manager', poolId: web }], name);
    const { token } = await inviteByMail(stack, other, person.email, [{ role: 'organization_manager' }]);
    const { userId } = take(await stack.anybody.acceptInvite({ body: { token } }));
    return { one, other, web, person, userIds: [person.userId, userId] };
  };

  const namesFound = async ({ params, manager }: TestOrganization, search: string) =>
    take(await manager.client.listUsers({ params, query: { search } })).items.map(({ name }) => name);

  test('changes it in every organization and every list, and searches find the new words, not the old ones', async () => {
    const { one, other, web, person, userIds } = await twoOrganizations('Ada Byron');
    await invite({ ...other, manager: { ...person, userId: userIds[1] ?? '' } }, newEmail());
    const renamed = take(await person.client.updateMe({ body: { name: '  Augusta Lovelace ' } }));
    expect(renamed).toEqual({
      id: person.personId,
      email: person.email,
      emailVerified: true,
      name: 'Augusta Lovelace',
    });
    expect(take(await person.client.getMe({}))).toEqual(renamed);
    for (const [index, organization] of [one, other].entries()) {
      const { params, manager } = organization;
      for (const search of ['Augusta', 'lovelace', 'augusta l', person.email])
        expect(await namesFound(organization, search)).toEqual(['Augusta Lovelace']);
      for (const search of ['Ada', 'Byron']) expect(await namesFound(organization, search)).toEqual([]);
      const { items } = take(await manager.client.listUsers({ params }));
      expect(items.map(({ name }) => name)).toEqual(['Augusta Lovelace', 'Mara Manager']);
      const user = { params: { ...params, userId: userIds[index] ?? '' } };
      expect(take(await manager.client.getUser(user)).name).toBe('Augusta Lovelace');
    }
    const { params } = one;
    const access = take(await one.manager.client.listPoolUsers({ params: { ...params, poolId: web } })).items;
    expect(access.map(({ user }) => user.name)).toEqual(['Mara Manager', 'Augusta Lovelace']);
    const managers = await other.manager.client.listUsers({
      params: other.params,
      query: { role: 'organization_manager' },
    });
    expect(take(managers).items.map(({ name }) => name)).toEqual(['Augusta Lovelace', 'Mara Manager']);
    const [sent] = take(await other.manager.client.listInvites({ params: other.params })).items;
    expect(sent?.invitedBy.name).toBe('Augusta Lovelace');
    // The roles do not change, and the person can still sign in.
    expect(take(await person.client.getMyUser({ params })).roles).toMatchObject([{ role: 'manager', poolId: web }]);
    await stack.signIn(person.email);
  });

  test('is recorded in each organization', async () => {
    const { one, other, person, userIds } = await twoOrganizations('Grace Murray');
    take(await person.client.updateMe({ body: { name: 'Grace Hopper' } }));
    for (const [index, { params, manager }] of [one, other].entries()) {
      const targetId = userIds[index] ?? '';
      const [event] = take(await manager.client.listAuditEvents({ params, query: { targetId } })).items;
      expect(event).toMatchObject({
        action: 'user_renamed',
        actor: { id: targetId, name: 'Grace Hopper' },
        targets: [targetId],
        details: { before: 'Grace Murray', after: 'Grace Hopper' },
      });
    }
  });

  test('to the current name changes nothing', async () => {
    const organization = await newOrganization(stack);
    const person = await newMember(stack, organization, [{ role: 'member' }], 'Joan Clarke');
    take(await person.client.getMyUser({ params: organization.params }));
    const before = await everyItem(stack);
    take(await person.client.updateMe({ body: { name: 'Joan Clarke' } }));
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
  });

  test('completes a change that an earlier call left half done', async () => {
    const { one, other, person } = await twoOrganizations('Jean Jennings');
    let written = 0;
    const services = servicesOf(undefined, (table) => ({
      ...table,
      transact: async (writes) => {
        if (written === 1) throw new Error('The process died');
        written += 1;
        return table.transact(writes);
      },
    }));
    const input = { params: {}, query: {}, body: { name: 'Jean Bartik' } };
    await expect(updateMe(services)({ ...person, requestId: 'dies' }, input)).rejects.toThrow('The process died');
    const found = async () => [await namesFound(one, 'bartik'), await namesFound(other, 'bartik')].flat();
    expect(await found()).toHaveLength(1);
    take(await person.client.updateMe({ body: { name: 'Jean Bartik' } }));
    expect(await found()).toHaveLength(2);
  });

  test.each([
    ['nothing', '', 'too_small'],
    ['spaces only', '  ', 'too_small'],
    ['what displays nothing', '\u3164\u200d', 'too_small'],
    ['101 letters', 'x'.repeat(101), 'too_big'],
    ['a line end', 'Ada\nLovelace', 'invalid_format'],
    ['what turns the text around', 'Ada \u202eecalevoL', 'invalid_format'],
  ])('to %s is refused, and the account keeps its name', async (_, name, code) => {
    const person = await stack.newPerson(newEmail('me'), 'Ada Lovelace');
    const reply = await person.client.updateMe({ body: { name } });
    expect(refusal(reply)).toBe('400 invalid_request');
    expect(wrongFields(reply)).toEqual([`/name ${code}`]);
    expect(take(await person.client.getMe({})).name).toBe('Ada Lovelace');
  });
});

describe('the invites to a person', () => {
  let person: SignedIn;
  const organizations: TestOrganization[] = [];
  const ids: string[] = [];
  let web: string;
  beforeAll(async () => {
    person = await stack.newPerson(newEmail('invited'), 'Ida Invited');
    for (const name of ['A', 'B', 'C', 'D', 'E']) organizations.push(await newOrganization(stack, name));
    const [first] = organizations;
    web = await newPool(first ?? expect.unreachable(), 'Web', first?.rootPoolId ?? '');
    for (const [index, organization] of organizations.entries())
      ids.push(
        await invite(organization, index % 2 ? ` ${person.email.toUpperCase()}` : person.email, {
          ...(index === 0 && { roles: [{ role: 'engineer', poolId: web }, { role: 'member' }], message: 'Welcome!' }),
        }),
      );
    await invite(organizations[0] ?? expect.unreachable(), newEmail('other'));
  });

  test('are listed for all organizations', async () => {
    const items = await myInvites(person, 2);
    expect(items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(items.map(({ organization }) => organization.name).toSorted()).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(items.map(({ inviter }) => inviter.name)).toEqual(Array(5).fill('Mara Manager'));
  });

  test('show the organization, the inviter, the roles, the message and the expiry', async () => {
    const [organization] = organizations;
    const shown = (await myInvites(person)).find(({ id }) => id === ids[0]);
    const params = { organizationId: organization?.id ?? '', inviteId: ids[0] ?? '' };
    const { expiresAt } = take((await organization?.manager.client.getInvite({ params })) ?? expect.unreachable());
    expect(shown).toEqual({
      id: ids[0],
      organization: { id: organization?.id, name: 'A', createdAt: expect.stringMatching(/^2\d{3}-/) },
      inviter: { name: 'Mara Manager', email: organization?.manager.email },
      namesake: false,
      roles: [{ role: 'engineer', poolName: 'Web' }, { role: 'member' }],
      message: 'Welcome!',
      expiresAt,
    });
  });

  test('from another organization of the same name are marked here and in the email, but not on the public page', async () => {
    const own = await newOrganization(stack, 'Ümlaut & Co');
    const other = await newOrganization(stack, 'umlaut &  CO');
    const member = await newMember(stack, own);
    const different = await newOrganization(stack, 'Umlaut');
    const { token } = await inviteByMail(stack, other, member.email);
    const { token: plain } = await inviteByMail(stack, different, member.email);
    const marked = (await myInvites(member)).map(({ organization, namesake }) => [organization.id, namesake] as const);
    expect(new Map(marked)).toEqual(
      new Map([
        [other.id, true],
        [different.id, false],
      ]),
    );
    const warned = (await stack.mailsTo(member.email)).filter(({ body }) => body.text.includes('You already belong'));
    expect(warned.map(({ body }) => body.text.includes(token))).toEqual([true]);
    for (const each of [token, plain]) {
      const { organization, inviter, ...rest } = take(await stack.anybody.lookUpInvite({ body: { token: each } }));
      expect(inviter.email).toBe(organization.name === 'Umlaut' ? different.manager.email : other.manager.email);
      expect(Object.keys({ ...organization, ...rest })).not.toContain('namesake');
    }
  });

  test('are shown to nobody else', async () => {
    expect(await myInvites(await stack.newPerson(newEmail('else')))).toEqual([]);
    const [manager] = organizations.map((organization) => organization.manager);
    expect(await myInvites(manager ?? expect.unreachable())).toEqual([]);
  });

  test('refuse the cursor of another list', async () => {
    const { nextCursor = '' } = take(await person.client.listMyInvites({ query: { limit: 1 } }));
    const organization = organizations[0] ?? expect.unreachable();
    const others = await organization.manager.client.listInvites({
      params: organization.params,
      query: { cursor: nextCursor },
    });
    expect(refusal(others)).toBe('400 invalid_cursor');
    expect(refusal(await person.client.listMyInvites({ query: { cursor: 'x' } }))).toBe('400 invalid_cursor');
  });
});

describe('an invite to oneself', () => {
  test('is accepted without its mail and gives its roles, and accepting it again returns the same response', async () => {
    const organization = await newOrganization(stack);
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    const person = await stack.newPerson(newEmail('lost'), 'Lou Lost');
    const inviteId = await invite(organization, person.email, { roles: [{ role: 'manager', poolId: web }] });
    const first = take(await person.client.acceptMyInvite(of(organization, inviteId)));
    expect(first).toEqual({ organizationId: organization.id, userId: first.userId, email: person.email });
    expect(take(await person.client.acceptMyInvite(of(organization, inviteId)))).toEqual(first);
    expect(take(await person.client.getMyUser({ params: organization.params }))).toMatchObject({
      id: first.userId,
      name: 'Lou Lost',
      roles: [{ role: 'manager', poolId: web }],
    });
    expect(take(await person.client.listOrganizations({})).items.map(({ id }) => id)).toEqual([organization.id]);
    expect(await myInvites(person)).toEqual([]);
    expect(refusal(await person.client.declineMyInvite(of(organization, inviteId)))).toBe('410 invite_accepted');
    expect(take(await organization.manager.client.getInvite(of(organization, inviteId)))).toMatchObject({
      status: 'accepted',
      userId: first.userId,
    });
    // The mail was still queued. It is not sent, because the invite is already accepted.
    expect(await stack.mailsTo(person.email)).toEqual([]);
  });

  test('can then also be accepted by its link, with the same response', async () => {
    const organization = await newOrganization(stack);
    const person = await stack.newPerson(newEmail('both'));
    const { inviteId, token } = await inviteByMail(stack, organization, person.email);
    const first = take(await person.client.acceptMyInvite(of(organization, inviteId)));
    expect(take(await stack.anybody.acceptInvite({ body: { token } }))).toEqual(first);
  });

  test('makes the person another organization manager if it gives that role', async () => {
    const organization = await newOrganization(stack);
    const person = await stack.newPerson(newEmail('second'));
    const inviteId = await invite(organization, person.email, { roles: [{ role: 'organization_manager' }] });
    const { userId } = take(await person.client.acceptMyInvite(of(organization, inviteId)));
    const first = { params: { ...organization.params, userId: organization.manager.userId } };
    expect(take(await person.client.removeUser({ ...first, query: { successorId: userId } })).user.status).toBe(
      'removed',
    );
  });

  test('is declined without its mail, also twice, and frees the address', async () => {
    const organization = await newOrganization(stack);
    const person = await stack.newPerson(newEmail('no'));
    const inviteId = await invite(organization, person.email);
    for (const time of [1, 2]) {
      const reply = await person.client.declineMyInvite(of(organization, inviteId));
      expect([time, reply.status]).toEqual([time, 204]);
    }
    expect(await myInvites(person)).toEqual([]);
    expect(refusal(await person.client.acceptMyInvite(of(organization, inviteId)))).toBe('410 invite_declined');
    const again = await invite(organization, person.email);
    expect((await myInvites(person)).map(({ id }) => id)).toEqual([again]);
    const query = { targetId: inviteId };
    const { items } = take(await organization.manager.client.listAuditEvents({ params: organization.params, query }));
    expect(items.filter(({ action }) => action === 'invite_declined')).toHaveLength(1);
  });

  test('is not found by anybody else, as if it had never existed', async () => {
    const organization = await newOrganization(stack);
    const [mine, stranger] = [await stack.newPerson(newEmail('mine')), await stack.newPerson(newEmail('stranger'))];
    const inviteId = await invite(organization, mine.email);
    const elsewhere = await newOrganization(stack);
    const before = await everyItem(stack);
    const replies = [];
    // Not even an organization manager can accept or decline on behalf of the invited person.
    for (const { client } of [stranger, organization.manager])
      replies.push(
        await client.acceptMyInvite(of(organization, inviteId)),
        await client.declineMyInvite(of(organization, inviteId)),
      );
    for (const call of [
      of(organization, 'inv_none'),
      of(elsewhere, inviteId),
      of({ ...elsewhere, params: { organizationId: 'org_none' } }, inviteId),
    ])
      replies.push(await mine.client.acceptMyInvite(call), await mine.client.declineMyInvite(call));
    for (const reply of replies) expect(refusal(reply)).toBe('404 invite_not_found');
    const [first] = replies;
    const said = (reply: typeof first) => reply && !reply.ok && { ...reply.problem, requestId: '' };
    expect(new Set(replies.map((reply) => JSON.stringify(said(reply)))).size).toBe(1);
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
    take(await mine.client.acceptMyInvite(of(organization, inviteId)));
  });

  test('that has expired is not listed, and says so', async () => {
    const organization = await newOrganization(stack);
    const person = await stack.newPerson(newEmail('late'));
    const inviteId = await invite(organization, person.email, { expiresInDays: 1 });
    expect(await myInvites(person)).toHaveLength(1);
    stack.advanceClock(day + second);
    const refused = async () => {
      expect(await myInvites(person)).toEqual([]);
      for (const reply of [
        await person.client.acceptMyInvite(of(organization, inviteId)),
        await person.client.declineMyInvite(of(organization, inviteId)),
      ])
        expect(refusal(reply)).toBe('410 invite_expired');
    };
    await refused();
    await stack.tick();
    await refused();
    take(await organization.manager.client.resendInvite(of(organization, inviteId)));
    take(await person.client.acceptMyInvite(of(organization, inviteId)));
  });

  test('that was revoked, by hand or with its inviter, is not listed, and says so', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const person = await stack.newPerson(newEmail('revoked'));
    const revoked = await invite(organization, person.email);
    take(await manager.client.revokeInvite(of(organization, revoked)));
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const orphaned = await invite({ ...organization, manager: inviter }, person.email);
    expect((await myInvites(person)).map(({ id }) => id)).toEqual([orphaned]);
    const query = { successorId: manager.userId, pendingInvites: 'revoke' as const };
    take(await manager.client.removeUser({ params: { ...params, userId: inviter.userId }, query }));
    expect(await myInvites(person)).toEqual([]);
    for (const id of [revoked, orphaned])
      for (const reply of [
        await person.client.acceptMyInvite(of(organization, id)),
        await person.client.declineMyInvite(of(organization, id)),
      ])
        expect(refusal(reply)).toBe('410 invite_revoked');
  });

  test('whose pools are all gone says so', async () => {
    const organization = await newOrganization(stack);
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    const person = await stack.newPerson(newEmail('void'));
    const inviteId = await invite(organization, person.email, { roles: [{ role: 'engineer', poolId: web }] });
    const params = { ...organization.params, poolId: web };
    expect((await organization.manager.client.deletePool({ params })).status).toBe(204);
    expect(refusal(await person.client.acceptMyInvite(of(organization, inviteId)))).toBe('410 invite_void');
  });
});

describe('an account whose address is not verified', () => {
  test('has no invites, whoever they are to, until it is', async () => {
    const organization = await newOrganization(stack);
    const person = await unverifiedPerson();
    const inviteId = await invite(organization, person.email);
    for (const reply of [
      await person.client.listMyInvites({}),
      await person.client.acceptMyInvite(of(organization, inviteId)),
      await person.client.declineMyInvite(of(organization, inviteId)),
      await person.client.acceptMyInvite(of(organization, 'inv_none')),
    ])
      expect(refusal(reply)).toBe('403 email_unverified');
    expect(take(await person.client.getMe({}))).toMatchObject({ email: person.email, emailVerified: false });
    expect(take(await person.client.updateMe({ body: { name: 'Una' } })).emailVerified).toBe(false);

    await verify(person);
    expect((await myInvites(person)).map(({ id }) => id)).toEqual([inviteId]);
    take(await person.client.acceptMyInvite(of(organization, inviteId)));
  });

  test('is not let in by a link either, and keeps its password', async () => {
    const organization = await newOrganization(stack);
    const person = await unverifiedPerson();
    const { token } = await inviteByMail(stack, organization, person.email);
    const body = { token, name: 'Una', password: 'Another-password-1' };
    expect(refusal(await stack.anybody.acceptInvite({ body }))).toBe('409 account_unverified');
    await stack.signIn(person.email, password);
    await verify(person);
    take(await stack.anybody.acceptInvite({ body }));
  });
});
