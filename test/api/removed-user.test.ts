import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { localAws } from '../../infra/local/table.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { allOf, kindNames, kindOf, oneOfEach, ownerShown, ownersShown } from '../support/assets.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newResource,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { aUser, plantUsers } from '../support/planted.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();

const remove = async ({ params, manager }: TestOrganization, user: Pick<TestMember, 'userId'>, successor: TestMember) =>
  take(
    await manager.client.removeUser({
      params: { ...params, userId: user.userId },
      query: { successorId: successor.userId },
    }),
  );

describe('from the moment of a removal', () => {
  test('every read of every kind of asset shows the successor, also once the worker ran', async () => {
    const organization = await newOrganization(stack);
    const [a, b] = [await newMember(stack, organization), await newMember(stack, organization)];
    const assets = await oneOfEach(organization, a.userId);
    expect(await ownersShown(organization, assets)).toEqual(allOf(a.userId));
    await remove(organization, a, b);
    expect(await ownersShown(organization, assets)).toEqual(allOf(b.userId));
    await stack.drain();
    expect(await ownersShown(organization, assets)).toEqual(allOf(b.userId));
    const ofA = { params: organization.params, query: { ownerId: a.userId } };
    expect(take(await organization.manager.client.listResources(ofA)).items).toEqual([]);
  });

  test('a new invite to their address shows that they were removed, and their old invite link stays dead until they are restored', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const email = newEmail();
    const { token } = await inviteByMail(stack, organization, email);
    const accept = () => stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } });
    const joined = take(await accept());
    await remove(organization, joined, manager);
    expect(refusal(await accept())).toBe('410 invite_accepted');
    const body = { emails: [email], roles: [{ role: 'member' as const }], dryRun: true };
    const removedUserOf = async () =>
      take(await manager.client.inviteUsers({ params, body })).results[0]?.removedUserId;
    expect(await removedUserOf()).toBe(joined.userId);
    take(await manager.client.restoreUser({ params: { ...params, userId: joined.userId } }));
    expect(await removedUserOf()).toBeUndefined();
    expect(take(await accept())).toEqual(joined);
    await remove(organization, joined, manager);
    const { results } = take(await manager.client.inviteUsers({ params, body: { ...body, dryRun: false } }));
    expect(results).toMatchObject([{ removedUserId: joined.userId, invite: { removedUserId: joined.userId } }]);
  });

  test('the successor may do what owning allows, in a pool of its own', async () => {
    const organization = await newOrganization(stack);
    const { params, rootPoolId } = organization;
    const engineer: RoleAssignment[] = [{ role: 'engineer', poolId: rootPoolId }];
    const [a, b] = [await newMember(stack, organization, engineer), await newMember(stack, organization, engineer)];
    const { id: resourceId } = await newResource(organization, rootPoolId, { ownerId: a.userId });
    const rename = (by: TestMember) =>
      by.client.updateResource({ params: { ...params, resourceId }, body: { name: 'Renamed' } });
    expect(refusal(await rename(b))).toBe('403 forbidden');
    await remove(organization, a, b);
    expect(take(await rename(b))).toMatchObject({ name: 'Renamed', ownerId: b.userId });
  });

  describe.each(kindNames)('%s', (name) => {
    test('can neither be made for the removed person nor given to it, and stays with its owner', async () => {
      const organization = await newOrganization(stack);
      const { manager } = organization;
      const gone = aUser();
      await plantUsers(organization.id, [gone]);
      const { create, give } = kindOf(name);
      const { id } = take(await create(organization, manager.userId));
      await remove(organization, { userId: gone.id }, manager);
      for (const settled of [false, true]) {
        if (settled) await stack.drain();
        expect(refusal(await create(organization, gone.id))).toBe('422 owner_inactive');
        expect(refusal(await give(organization, id, gone.id))).toBe('422 owner_inactive');
      }
      expect(await ownerShown(organization, name, id)).toBe(manager.userId);
    });
  });

  test('a batch of resources gives nothing to the removed person, and says so item by item', async () => {
    const organization = await newOrganization(stack);
    const { params, manager, rootPoolId } = organization;
    const gone = aUser();
    await plantUsers(organization.id, [gone]);
    await remove(organization, { userId: gone.id }, manager);
    const item = { name: 'Server', type: 'vm', poolId: rootPoolId };
    const body = { items: [{ ...item, ownerId: gone.id }, item] };
    const { results } = take(await manager.client.ingestResources({ params, body }));
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'created']);
    expect(take(await manager.client.listResources({ params })).items).toHaveLength(1);
  });

  describe('the sessions of the removed person', () => {
    const auth = (parameters: Record<string, string>, flow: 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH') => {
      const { endpoint, clientId } = stack.endpoints.cognito;
      return new CognitoIdentityProviderClient({ endpoint, ...localAws }).send(
        new InitiateAuthCommand({ AuthFlow: flow, ClientId: clientId, AuthParameters: parameters }),
      );
    };
    const signIn = async ({ email }: TestMember): Promise<string> => {
      const { AuthenticationResult } = await auth({ USERNAME: email, PASSWORD: password }, 'USER_PASSWORD_AUTH');
      return AuthenticationResult?.RefreshToken ?? expect.unreachable('There is no refresh token');
    };
    const goOn = (token: string) => auth({ REFRESH_TOKEN: token }, 'REFRESH_TOKEN_AUTH');

    test('end when it was the last organization; signing in anew leads to none', async () => {
      const organization = await newOrganization(stack);
      const a = await newMember(stack, organization);
      const session = await signIn(a);
      await goOn(session);
      await remove(organization, a, organization.manager);
      await stack.drain();
      await expect(goOn(session)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      const again = await stack.signIn(a.email);
      expect(take(await again.client.listOrganizations({})).items).toEqual([]);
    });

    test('end later where the user directory does not answer; the person is shut out all the same', async () => {
      const organization = await newOrganization(stack);
      const a = await newMember(stack, organization);
      const session = await signIn(a);
      await remove(organization, a, organization.manager);
      const bringBack = await stack.outage('directory');
      await stack.drain();
      await bringBack();
      await goOn(session);
      expect(refusal(await a.client.getMyUser({ params: organization.params }))).toBe('404 organization_not_found');
      stack.advanceClock(5 * 60_000);
      await stack.tick();
      await expect(goOn(session)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    });

    test('go on while it belongs to another organization, and end with that one', async () => {
      const [one, two] = [await newOrganization(stack, 'One'), await newOrganization(stack, 'Two')];
      const a = await newMember(stack, one);
      const { token } = await inviteByMail(stack, two, a.email);
      const { userId } = take(await stack.anybody.acceptInvite({ body: { token } }));
      const session = await signIn(a);
      await remove(one, a, one.manager);
      await stack.drain();
      await goOn(session);
      await remove(two, { userId }, two.manager);
      await stack.drain();
      await expect(goOn(session)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    });
  });
});
