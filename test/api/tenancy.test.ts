import { expect, test } from 'vitest';
import { inviteByMail, newEmail, newMember, newOrganization, newPool, refusal, take } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

test('another organization’s ids are as unknown as ids that never were', async () => {
  const mine = await newOrganization(stack, 'Mine');
  const foreign = await newOrganization(stack, 'Foreign');
  const [poolId, user] = [await newPool(foreign, 'Secret', foreign.rootPoolId), await newMember(stack, foreign)];
  const { inviteId } = await inviteByMail(stack, foreign, newEmail());
  const { client } = mine.manager;

  const inMine = async (ids: { userId: string; poolId: string; inviteId: string }) => [
    await client.getUser({ params: { ...mine.params, ...ids } }),
    await client.getPool({ params: { ...mine.params, ...ids } }),
    await client.getInvite({ params: { ...mine.params, ...ids } }),
    await client.resendInvite({ params: { ...mine.params, ...ids } }),
    await client.revokeInvite({ params: { ...mine.params, ...ids } }),
    await client.changeRoles({ params: { ...mine.params, ...ids }, body: { roles: [{ role: 'member' }] } }),
    await client.removeUser({ params: { ...mine.params, ...ids }, query: { successorId: mine.manager.userId } }),
    await client.inviteUsers({
      params: mine.params,
      body: { emails: ['a@b.example'], roles: [{ role: 'manager', poolId: ids.poolId }] },
    }),
    await client.createPool({ params: mine.params, body: { name: 'New', parentId: ids.poolId } }),
    await client.listUsers({ params: mine.params, query: { poolId: ids.poolId } }),
  ];
  const withoutIds = (replies: Awaited<ReturnType<typeof inMine>>) =>
    replies.map((reply) => (reply.ok ? 'accepted' : { ...reply.problem, requestId: '' }));

  const unknown = await inMine({ userId: 'usr_none', poolId: 'pool_none', inviteId: 'inv_none' });
  const others = await inMine({ userId: user.userId, poolId, inviteId });
  expect(withoutIds(others)).toEqual(withoutIds(unknown));
  expect(withoutIds(others)).not.toContain('accepted');
});

test('an organization that one does not belong to is as unknown as one that never was', async () => {
  const foreign = await newOrganization(stack, 'Foreign');
  const stranger = await stack.newPerson(newEmail());
  const ask = async (organizationId: string) => [
    refusal(await stranger.client.getOrganization({ params: { organizationId } })),
    refusal(await stranger.client.listUsers({ params: { organizationId } })),
    refusal(await stranger.client.listPools({ params: { organizationId } })),
    refusal(await stranger.client.listInvites({ params: { organizationId } })),
    refusal(
      await stranger.client.inviteUsers({
        params: { organizationId },
        body: { emails: ['a@b.example'], roles: [{ role: 'member' }] },
      }),
    ),
  ];
  expect(await ask(foreign.id)).toEqual(await ask('org_none'));
  expect(new Set(await ask(foreign.id))).toEqual(new Set(['404 organization_not_found']));
});

test('an organization id cannot reach into another partition', async () => {
  const { id, manager } = await newOrganization(stack);
  for (const organizationId of [`${id}#users`, `person#${manager.personId}`, 'work', '#', `${id}/../${id}`, '%'])
    expect(refusal(await manager.client.getOrganization({ params: { organizationId } }))).toMatch(/^40[04] /);
});

test('a cursor of one organization opens nothing in another', async () => {
  const [mine, foreign] = [await newOrganization(stack, 'Mine'), await newOrganization(stack, 'Foreign')];
  for (const organization of [mine, foreign])
    for (let count = 0; count < 2; count += 1) await newMember(stack, organization);
  const first = take(await foreign.manager.client.listUsers({ params: foreign.params, query: { limit: 1 } }));
  const page = take(
    await mine.manager.client.listUsers({ params: mine.params, query: { limit: 100, cursor: first.nextCursor ?? '' } }),
  );
  const own = new Set(take(await mine.manager.client.listUsers({ params: mine.params })).items.map(({ id }) => id));
  expect(page.items.map(({ id }) => id).filter((id) => !own.has(id))).toEqual([]);
});
