import { beforeAll, describe, expect, test } from 'vitest';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { documentClient } from '../../functions/adapters/services.ts';
import { poolsMax } from '../../shared/limits.ts';
import { poolItem, type Pool } from '../../shared/pools/pool.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { clock } from '../support/clock.ts';
import {
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { servicesOf } from '../support/operations.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let managerOfWeb: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  managerOfWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
});

describe('creating a pool', () => {
  test('accepts a parent, a name, and optionally an owner and a limit', async () => {
    const { params, manager } = organization;
    const body = { name: 'Shop', parentId: web, defaultOwnerId: managerOfWeb.userId, monthlyLimit: 1200.5 };
    const reply = await manager.client.createPool({ params, body });
    const pool = take(reply);
    expect(pool).toMatchObject({
      name: 'Shop',
      parentId: web,
      path: 'Acme / Web / Shop',
      defaultOwnerId: managerOfWeb.userId,
      monthlyLimit: 1200.5,
      version: 1,
    });
    expect(reply.headers.get('location')).toBe(`/v1/organizations/${params.organizationId}/pools/${pool.id}`);
    expect(take(await manager.client.getPool({ params: { ...params, poolId: pool.id } }))).toEqual(pool);
    expect(take(await manager.client.listPools({ params })).items).toContainEqual(pool);
  });

  test('below a deleted pool is refused, also with an Idempotency-Key', async () => {
    const { params, manager } = organization;
    const poolId = await newPool(organization, 'Gone', organization.rootPoolId);
    take(await manager.client.deletePool({ params: { ...params, poolId } }));
    const body = { name: 'Below nothing', parentId: poolId };
    expect(refusal(await manager.client.createPool({ params, body }, { idempotencyKey: 'gone' }))).toBe(
      '422 unknown_pool',
    );
  });

  test('is for managers inside their pools and below only', async () => {
    const { params } = organization;
    const create = (name: string, parentId: string) =>
      managerOfWeb.client.createPool({ params, body: { name, parentId } });
    const below = take(await create('Below', web));
    take(await create('Further below', below.id));
    expect(refusal(await create('Above', organization.rootPoolId))).toBe('403 forbidden');
    const engineer = await newMember(stack, organization, [{ role: 'engineer', poolId: web }, { role: 'member' }]);
    expect(refusal(await engineer.client.createPool({ params, body: { name: 'No', parentId: web } }))).toBe(
      '403 forbidden',
    );
  });

  test('refuses the name of a sibling, whatever its case, also for requests at the same time', async () => {
    const { params, manager } = organization;
    const create = (name: string, parentId: string) => manager.client.createPool({ params, body: { name, parentId } });
    const replies = await Promise.all(['Café', 'CAFÉ', 'cafe\u0301', ' Café '].map((name) => create(name, web)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(replies.filter((reply) => !reply.ok).map(refusal)).toEqual(Array(3).fill('409 pool_name_taken'));
    take(await create('Café', organization.rootPoolId));
  });

  test('refuses the eleventh level', async () => {
    const { params, manager } = organization;
    let parentId = await newPool(organization, 'Deep', organization.rootPoolId);
    for (let depth = 3; depth <= 10; depth += 1) parentId = await newPool(organization, `Level ${depth}`, parentId);
    expect(refusal(await manager.client.createPool({ params, body: { name: 'Level 11', parentId } }))).toBe(
      '422 pool_too_deep',
    );
  });

  test('refuses an owner who is not a user of the organization, or was removed', async () => {
    const { params, manager } = organization;
    const gone = await newMember(stack, organization);
    const query = { successorId: manager.userId };
    take(await manager.client.removeUser({ params: { ...params, userId: gone.userId }, query }));
    for (const [defaultOwnerId, code] of [
      ['usr_none', 'unknown_user'],
      [gone.userId, 'owner_inactive'],
    ] as const) {
      const reply = await manager.client.createPool({ params, body: { name: 'Owned', parentId: web, defaultOwnerId } });
      expect(refusal(reply)).toBe(`422 ${code}`);
      expect(wrongFields(reply)).toEqual([`/defaultOwnerId ${code}`]);
    }
  });

  test('refuses a parent that does not exist, belongs to another organization, or was deleted', async () => {
    const { params, manager } = organization;
    const [foreign, deleted] = [await newOrganization(stack), await newPool(organization, 'Deleted', web)];
    take(await manager.client.deletePool({ params: { ...params, poolId: deleted } }));
    for (const parentId of ['pool_none', foreign.rootPoolId, deleted]) {
      const reply = await manager.client.createPool({ params, body: { name: 'Lost', parentId } });
      expect(refusal(reply)).toBe('422 unknown_pool');
      expect(wrongFields(reply)).toEqual(['/parentId unknown_pool']);
    }
  });

  test('happens once per Idempotency-Key', async () => {
    const { params, manager } = organization;
    const create = () =>
      manager.client.createPool({ params, body: { name: 'Once', parentId: web } }, { idempotencyKey: 'pool' });
    const [first, second] = [take(await create()), take(await create())];
    expect(second).toEqual(first);
  });
});

test('pools are listed parents first, and pools created at the same time are all kept', async () => {
  const fresh = await newOrganization(stack, 'Busy');
  await Promise.all(Array.from({ length: 4 }, (_, index) => newPool(fresh, `Pool ${index}`, fresh.rootPoolId)));
  const { items } = take(await fresh.manager.client.listPools({ params: fresh.params }));
  expect(items.map(({ path }) => path)).toEqual(['Busy', ...[0, 1, 2, 3].map((index) => `Busy / Pool ${index}`)]);
});

describe('5,000 pools with the longest names', () => {
  let large: TestOrganization;
  let middle: string;
  let leaves: Pool[];

  /** DynamoDB's limit for BatchWriteItem. */
  const itemsPerBatch = 25;

  /** The name that is longest in a response: JSON within JSON needs 4 bytes for each of its 100 characters. */
  const longestName = (index: number) =>
    index.toString(2).padStart(100, '0').replaceAll('0', '"').replaceAll('1', '\\');

  beforeAll(async () => {
    large = await newOrganization(stack, 'Large');
    const top = await newPool(large, 'x'.repeat(100), large.rootPoolId);
    middle = await newPool(large, 'y'.repeat(86), top);
    const { table, ids } = servicesOf(large.id);
    const documents = documentClient();
    leaves = Array.from({ length: poolsMax - 3 }, (_, index) => ({
      id: ids.next('pool'),
      name: longestName(index),
      parentId: middle,
      holderId: large.manager.userId,
      monthlyLimit: 999_999_999_999.99,
      absorbed: [],
      createdAt: clock.now(),
      version: 1,
    }));
    await Promise.all(
      Array.from({ length: Math.ceil(leaves.length / itemsPerBatch) }, (_, batch) =>
        documents.send(
          new BatchWriteCommand({
            RequestItems: {
              [readEnvironment().tableName]: leaves
                .slice(batch * itemsPerBatch, (batch + 1) * itemsPerBatch)
                .map((pool) => ({ PutRequest: { Item: poolItem(large.id, pool) } })),
            },
          }),
        ),
      ),
    );
    await table.transact([update(keys.organization(large.id), { add: { treeVersion: 1 } })]);
  });

  test('are listed in one response that is within the size limit of Lambda, because it leaves out the names of their owners', async () => {
    const { id, manager } = large;
    const response = await fetch(`${stack.endpoints.api}/v1/organizations/${id}/pools`, {
      headers: { authorization: `Bearer ${manager.accessToken}` },
    });
    const body = await response.text();
    const { items } = JSON.parse(body) as { items: { path: string; defaultOwnerName?: string }[] };
    expect([response.status, items.length]).toEqual([200, poolsMax]);
    expect(items.filter(({ defaultOwnerName }) => defaultOwnerName !== undefined)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify({ statusCode: 200, body }))).toBeLessThan(6_291_456 - 10_000);
  });

  test('cannot get longer paths, and no further pool can be created', async () => {
    const { params, manager } = large;
    const [leaf = expect.unreachable()] = leaves;
    const rename = (poolId: string, name: string) =>
      manager.client.updatePool({ params: { ...params, poolId }, body: { name } });
    expect(refusal(await rename(middle, 'y'.repeat(87)))).toBe('422 pool_path_too_long');
    const create = () => manager.client.createPool({ params, body: { name: 'One more', parentId: large.rootPoolId } });
    expect(refusal(await create())).toBe('422 pool_limit_reached');
    take(await manager.client.deletePool({ params: { ...params, poolId: leaf.id } }));
    take(await create());
    expect(refusal(await create())).toBe('422 pool_limit_reached');
  });
});
