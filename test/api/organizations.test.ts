import { describe, expect, test } from 'vitest';
import { newEmail, newMember, newOrganization, refusal, take, wrongFields } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

describe('creating an organization', () => {
  test('makes the caller its organization manager and creates a root pool with its name', async () => {
    const { params, manager, rootPoolId } = await newOrganization(stack, 'Acme');
    expect(take(await manager.client.getOrganization({ params }))).toMatchObject({ name: 'Acme', inviteExpiryDays: 7 });
    expect(take(await manager.client.getMyUser({ params })).roles).toEqual([{ role: 'organization_manager' }]);
    expect(take(await manager.client.listPools({ params })).items).toEqual([
      {
        id: rootPoolId,
        name: 'Acme',
        path: 'Acme',
        defaultOwnerId: manager.userId,
        defaultOwnerName: 'Mara Manager',
        version: 1,
      },
    ]);
  });

  test('responds 201 with the Location of the organization and its ETag', async () => {
    const person = await stack.newPerson(newEmail());
    const reply = await person.client.createOrganization({ body: { name: 'Located' } });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/v1/organizations/${take(reply).id}`);
    expect(reply.headers.get('etag')).toMatch(/^"1-/);
  });

  test('is refused for the sixth organization of a person, also if all are requested at once', async () => {
    const person = await stack.newPerson(newEmail());
    const replies = await Promise.all(
      Array.from({ length: 7 }, (_, index) => person.client.createOrganization({ body: { name: `Number ${index}` } })),
    );
    expect(replies.filter(({ ok }) => ok)).toHaveLength(5);
    expect(replies.filter((reply) => !reply.ok).map(refusal)).toEqual(Array(2).fill('409 organization_limit_reached'));
    expect(take(await person.client.listOrganizations({})).items).toHaveLength(5);
  });

  test('takes effect once per Idempotency-Key, with the same response', async () => {
    const person = await stack.newPerson(newEmail());
    const create = (name: string) => person.client.createOrganization({ body: { name } }, { idempotencyKey: 'once' });
    const replies = await Promise.all([create('Only'), create('Only'), create('Only')]);
    expect(new Set(replies.map((reply) => take(reply).id)).size).toBe(1);
    expect(take(await create('Only')).id).toBe(take(replies[0]).id);
    expect(refusal(await create('Another'))).toBe('422 idempotency_key_reused');
    expect(take(await person.client.listOrganizations({})).items).toHaveLength(1);
  });
});

describe('changing the settings', () => {
  test('renames the root pool with the organization, and applies the expiry to new invites', async () => {
    const { params, manager, rootPoolId } = await newOrganization(stack, 'Old name');
    const change = (body: { name?: string; inviteExpiryDays?: number }, ifMatch?: string) =>
      manager.client.updateOrganization({ params, body }, ifMatch === undefined ? {} : { ifMatch });
    expect(take(await change({ name: 'New name', inviteExpiryDays: 2 }))).toMatchObject({
      name: 'New name',
      version: 2,
    });
    expect(take(await manager.client.getPool({ params: { ...params, poolId: rootPoolId } })).path).toBe('New name');
    expect(take(await change({ name: 'NEW NAME' })).name).toBe('NEW NAME');
    const { results } = take(
      await manager.client.inviteUsers({ params, body: { emails: [newEmail()], roles: [{ role: 'member' }] } }),
    );
    const { createdAt = '', expiresAt = '' } = results[0]?.invite ?? {};
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(2 * 24 * 60 * 60 * 1000);
    expect(refusal(await change({ inviteExpiryDays: 3 }, '"1"'))).toBe('412 stale_version');
    expect(refusal(await change({ inviteExpiryDays: 31 }))).toBe('400 invalid_request');
  });
});

describe('the currency', () => {
  test('is chosen when the organization is created, and changed only before the first amount is stored', async () => {
    const person = await stack.newPerson(newEmail());
    const created = take(await person.client.createOrganization({ body: { name: 'Euros', currency: 'EUR' } }));
    expect(created).toMatchObject({ currency: 'EUR', currencyFixed: false });
    const params = { organizationId: created.id };
    const change = (currency: 'CHF' | 'JPY') => person.client.updateOrganization({ params, body: { currency } });
    expect(take(await change('CHF'))).toMatchObject({ currency: 'CHF', currencyFixed: false });
    const { rootPoolId: poolId } = created;
    const unlimited = take(await person.client.getPool({ params: { ...params, poolId } }));
    expect(unlimited.currency).toBeUndefined();
    const body = { name: 'Disk', type: 'disk', poolId, monthlyCost: 12.5 };
    expect(take(await person.client.createResource({ params, body }))).toMatchObject({ currency: 'CHF' });
    expect(take(await person.client.getOrganization({ params }))).toMatchObject({ currencyFixed: true });
    const refused = await change('JPY');
    expect([refusal(refused), wrongFields(refused)]).toEqual(['409 currency_in_use', ['/currency currency_in_use']]);
    expect(take(await change('CHF')).currency).toBe('CHF');
    const pool = await person.client.updatePool({ params: { ...params, poolId }, body: { monthlyLimit: 100 } });
    expect(take(pool).currency).toBe('CHF');
    const policy = { type: 'budget' as const, name: 'Budget', amount: 7 };
    expect(take(await person.client.createPolicy({ params, body: policy }))).toMatchObject({ currency: 'CHF' });
    const assets = await person.client.getUserAssets({ params: { ...params, userId: 'me' } });
    expect(take(assets)).toMatchObject({ currency: 'CHF', resources: { monthlyCost: 12.5 } });
  });

  test('is USD by default, and must be a currency in use', async () => {
    const { params, manager } = await newOrganization(stack);
    expect(take(await manager.client.getOrganization({ params })).currency).toBe('USD');
    const withdrawn = await manager.client.updateOrganization({ params, body: { currency: 'DEM' as 'EUR' } });
    expect(wrongFields(withdrawn)).toEqual(['/currency invalid_value']);
  });
});

describe('the list of my organizations', () => {
  test('shows each organization I belong to with my roles there, and no other', async () => {
    const mine = await newOrganization(stack, 'Mine');
    await newOrganization(stack, 'Foreign');
    const member = await newMember(stack, mine);
    expect(take(await member.client.listOrganizations({})).items).toEqual([
      { id: mine.id, name: 'Mine', userId: member.userId, roles: [{ role: 'member' }] },
    ]);
  });

  test('is paginated', async () => {
    const { client } = await stack.newPerson(newEmail());
    for (const name of ['Zeta', 'Alpha', 'Mu']) take(await client.createOrganization({ body: { name } }));
    const first = take(await client.listOrganizations({ query: { limit: 2 } }));
    const cursor = first.nextCursor ?? expect.unreachable();
    const second = take(await client.listOrganizations({ query: { limit: 2, cursor } }));
    expect([first, second].map(({ items }) => items.map(({ name }) => name))).toEqual([['Zeta', 'Alpha'], ['Mu']]);
    expect(second.nextCursor).toBeUndefined();
  });

  test('is empty for a person who belongs to none', async () => {
    const person = await stack.newPerson(newEmail());
    expect(take(await person.client.listOrganizations({})).items).toEqual([]);
  });
});
