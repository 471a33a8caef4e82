import { expect, test } from 'vitest';
import { newMember, newOrganization, newPool, refusal, take, wrongFields } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

test('roles of a user are added and removed one by one, of one version of the user if If-Match names it', async () => {
  const organization = await newOrganization(stack);
  const { params, manager, rootPoolId } = organization;
  const web = await newPool(organization, 'Web', rootPoolId);
  const ben = await newMember(stack, organization);
  const adjust = (body: Parameters<typeof manager.client.adjustRoles>[0]['body'], ifMatch?: string) =>
    manager.client.adjustRoles(
      { params: { ...params, userId: ben.userId }, body },
      ifMatch === undefined ? {} : { ifMatch },
    );
  const added = take(await adjust({ add: [{ role: 'engineer', poolId: web }] }, '"1"'));
  expect(added.roles.map(({ role }) => role)).toEqual(['member', 'engineer']);
  expect(refusal(await adjust({ remove: [{ role: 'member' }] }, '"1"'))).toBe('412 stale_version');
  const left = take(await adjust({ remove: [{ role: 'member' }, { role: 'manager', poolId: 'pool_gone' }] }, '"2"'));
  expect(left).toMatchObject({ roles: [{ role: 'engineer' }], version: 3 });
  expect(take(await adjust({ remove: [{ role: 'member' }] })).version).toBe(3);
  const unknown = await adjust({ add: [{ role: 'engineer', poolId: 'pool_gone' }] });
  expect([refusal(unknown), wrongFields(unknown)]).toEqual(['422 unknown_pool', ['/add/0/poolId unknown_pool']]);
  expect(wrongFields(await adjust({}))).toEqual(['/add missing']);
});

test('the last organization manager cannot lose that role, alone or among several users', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const roles = [{ role: 'organization_manager' as const }];
  const alone = manager.client.adjustRoles({ params: { ...params, userId: manager.userId }, body: { remove: roles } });
  expect(refusal(await alone)).toBe('409 last_organization_manager');
  const ben = await newMember(stack, organization, roles);
  const userIds = [manager.userId, ben.userId];
  const several = await manager.client.changeRolesOfUsers({ params, body: { action: 'remove', roles, userIds } });
  expect(take(several).results.map(({ id, code }) => [id, code])).toEqual([
    [manager.userId, 'last_organization_manager'],
    [ben.userId, undefined],
  ]);
  const removal = await manager.client.removeUsers({
    params,
    body: { userIds: [ben.userId, 'usr_none'], successorId: manager.userId },
  });
  expect(take(removal).results.map(({ id, code }) => [id, code])).toEqual([
    [ben.userId, undefined],
    ['usr_none', 'user_not_found'],
  ]);
});
