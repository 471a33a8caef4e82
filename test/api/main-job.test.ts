import { expect, test } from 'vitest';
import { newEmail, newestToken, newOrganization, newPool, take } from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();

test('a manager invites people by email, they accept and sign in, and when one is removed, the successor owns all their assets', async () => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const { params, manager } = organization;
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const [ada, ben] = [newEmail('ada'), newEmail('ben')];

  const invited = take(
    await manager.client.inviteUsers({
      params,
      body: { emails: [ada, ben], roles: [{ role: 'manager', poolId: web }] },
    }),
  );
  expect(invited.summary).toEqual({ created: 2 });

  const users = [];
  for (const email of [ada, ben]) {
    const [mail] = await stack.mailsTo(email);
    expect(mail?.subject).toBe('Mara Manager invited you to Acme FinOps');
    const token = await newestToken(stack, email);
    const shown = take(await stack.anybody.lookUpInvite({ body: { token } }));
    expect(shown).toMatchObject({ email, organization: { name: 'Acme FinOps' }, needsAccount: true });
    users.push(take(await stack.anybody.acceptInvite({ body: { token, name: email, password } })));
  }
  const [asAda, asBen] = [await stack.signIn(ada), await stack.signIn(ben)];
  expect(take(await asAda.client.listOrganizations({})).items).toEqual([
    {
      id: organization.id,
      name: 'Acme FinOps',
      userId: users[0]?.userId,
      roles: [{ role: 'manager', poolId: web, poolName: 'Web' }],
    },
  ]);

  const landing = take(await asAda.client.createPool({ params, body: { name: 'Landing', parentId: web } }));
  expect(landing).toMatchObject({ path: 'Acme FinOps / Web / Landing', defaultOwnerId: users[0]?.userId });
  expect(take(await manager.client.listUsers({ params })).items).toHaveLength(3);
  expect(take(await manager.client.listInvites({ params, query: { status: 'accepted' } })).items).toHaveLength(2);

  const removal = take(
    await manager.client.removeUser({
      params: { ...params, userId: users[0]?.userId ?? '' },
      query: { successorId: users[1]?.userId ?? '' },
    }),
  );
  expect(removal.takenOver).toEqual({ pools: 1 });
  expect(take(await asBen.client.getPool({ params: { ...params, poolId: landing.id } })).defaultOwnerId).toBe(
    users[1]?.userId,
  );
  expect(await asAda.client.getMyUser({ params })).toMatchObject({ ok: false, status: 404 });
  const [toAda, toBen] = [await stack.noticesTo(ada), await stack.mailsTo(ben)];
  expect(toAda.at(-1)?.subject).toBe('You are no longer a user of Acme FinOps');
  expect(toBen.at(-1)?.subject).toContain('You took over from');
});
