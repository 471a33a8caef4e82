import { beforeAll, expect, test } from 'vitest';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let ben: TestMember;
let inviteId: string;
let poolId: string;

beforeAll(async () => {
  organization = await newOrganization(stack);
  const { params, manager } = organization;
  poolId = await newPool(organization, 'Web', organization.rootPoolId);
  ben = await newMember(stack, organization);
  inviteId = (await inviteByMail(stack, organization, newEmail())).inviteId;
  take(
    await manager.client.changeRoles({
      params: { ...params, userId: ben.userId },
      body: { roles: [{ role: 'engineer', poolId }] },
    }),
  );
  take(await manager.client.revokeInvite({ params: { ...params, inviteId } }));
  take(
    await manager.client.removeUser({
      params: { ...params, userId: ben.userId },
      query: { successorId: manager.userId },
    }),
  );
});

const list = async (query: { actorId?: string; targetId?: string }, limit = 50) => {
  const items = [];
  let cursor: string | undefined;
  do {
    const call = { params: organization.params, query: { ...query, limit, ...(cursor && { cursor }) } };
    const page = take(await organization.manager.client.listAuditEvents(call));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
};

const everything = [
  'user_removed',
  'invite_revoked',
  'roles_changed',
  'invites_created',
  'invite_accepted',
  'invites_created',
  'pool_created',
  'organization_created',
];

test.each([1, 2, 7, 100])('every change is there, newest first, in pages of %i', async (limit) => {
  const events = await list({}, limit);
  expect(events.map(({ action }) => action)).toEqual(everything);
  expect(events[0]).toMatchObject({
    actor: { id: organization.manager.userId, name: 'Mara Manager' },
    targets: [ben.userId, organization.manager.userId],
    details: { pendingInvites: 'keep' },
  });
  expect(events[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([1, 2, 100])('by actor and by target are the same events filtered, in pages of %i', async (limit) => {
  const all = await list({});
  const byManager = all.filter(({ actor }) => actor?.id === organization.manager.userId);
  expect(await list({ actorId: organization.manager.userId }, limit)).toEqual(byManager);
  for (const targetId of [ben.userId, organization.manager.userId, inviteId, poolId, 'usr_none']) {
    const onTarget = all.filter(({ targets }) => targets.includes(targetId));
    expect(await list({ targetId }, limit)).toEqual(onTarget);
    expect(await list({ targetId, actorId: ben.userId }, limit)).toEqual(
      onTarget.filter(({ actor }) => actor?.id === ben.userId),
    );
  }
});

test('only organization managers read it', async () => {
  const member = await newMember(stack, organization, [{ role: 'manager', poolId }]);
  expect(refusal(await member.client.listAuditEvents({ params: organization.params }))).toBe('403 forbidden');
});
