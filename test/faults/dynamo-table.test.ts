import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { dynamoTable } from '../../functions/adapters/dynamo-table.ts';
import { documentClient } from '../../functions/adapters/services.ts';
import { localAws } from '../../infra/local/table.ts';
import { Unavailable } from '../../shared/errors.ts';
import { absent } from '../../shared/table/condition.ts';
import { check, erase, guard, put, update } from '../../shared/table/write.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organizations = 0;

/** The table as a new organization sees it; `disturb` may break each attempt of a request, before or after it took effect. */
const tenant = (disturb?: (attempt: () => Promise<object>) => Promise<object>) => {
  const id = `org_${(organizations += 1)}`;
  const client = new DynamoDBClient({ ...localAws, endpoint: stack.endpoints.dynamodb.endpoint });
  if (disturb)
    client.middlewareStack.add(
      (next) => async (request) => (await disturb(() => next(request))) as Awaited<ReturnType<typeof next>>,
      { step: 'deserialize', priority: 'high' },
    );
  return {
    id,
    key: { pk: `${id}#user#u`, sk: 'user' },
    table: dynamoTable(documentClient(client), stack.endpoints.dynamodb.tableName, [id]),
  };
};

describe('the table of one tenant', () => {
  const foreign = { pk: 'org_other#user#u', sk: 'user' };
  const refused = /another tenant/;

  test.each([
    ['a partition of another organization', foreign],
    ['a partition whose name only begins alike', { pk: 'org_11#user#u', sk: 'user' }],
    ['a platform partition', { pk: 'person#p', sk: 'limits' }],
  ])('refuses %s, whatever is asked of it', async (_, key) => {
    organizations = 0;
    const { table } = tenant();
    await expect(table.get(key)).rejects.toThrow(refused);
    await expect(table.batchGet([key])).rejects.toThrow(refused);
    await expect(table.query({ pk: key.pk, limit: 1 })).rejects.toThrow(refused);
    await expect(table.query({ index: 'gsi1', pk: key.pk, limit: 1 })).rejects.toThrow(refused);
    for (const write of [
      put({ ...key }),
      update(key, { set: { a: 1 } }),
      erase(key),
      check(key, guard(absent('pk'), 'lost')),
    ])
      await expect(table.transact([write])).rejects.toThrow(refused);
  });
});

describe('a transaction', () => {
  const conflict = () =>
    new TransactionCanceledException({
      message: 'met another',
      $metadata: {},
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });

  test('that meets others is tried again until it goes through', async () => {
    let conflicts = 3;
    const { table, key } = tenant(async (attempt) => {
      if (conflicts > 0) {
        conflicts -= 1;
        throw conflict();
      }
      return attempt();
    });
    expect(await table.transact([update(key, { add: { count: 1 } })])).toEqual({ ok: true });
    expect(await table.get(key)).toMatchObject({ count: 1 });
  });

  test('that always meets others ends as unavailable, without effect', async () => {
    const { table } = tenant(() => Promise.reject(conflict()));
    await expect(table.transact([put({ pk: `org_${organizations}`, sk: 'x' })])).rejects.toThrow(Unavailable);
  });

  test('whose answer is lost counts once, though it is sent again', async () => {
    let losses = 1;
    const { table, key } = tenant(async (attempt) => {
      const answer = await attempt();
      if (losses > 0) {
        losses -= 1;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      }
      return answer;
    });
    expect(await table.transact([update(key, { add: { count: 1 } }, guard(absent('count'), 'counted twice'))])).toEqual(
      { ok: true },
    );
    expect(await table.get(key)).toMatchObject({ count: 1 });
  });

  test('tells every guard that did not hold, and what it met', async () => {
    const { table, id, key } = tenant();
    const other = { pk: id, sk: 'organization' };
    await table.transact([put({ ...key, name: 'Ada' }), put(other)]);
    const result = await table.transact([
      put({ ...key }, guard(absent('pk'), 'first')),
      check(other, guard(absent('pk'), 'second')),
      put({ pk: `${id}#new`, sk: 'x' }, guard(absent('pk'), 'never')),
    ]);
    expect(result).toMatchObject({
      ok: false,
      error: 'first',
      lost: [{ failure: 'first', old: { name: 'Ada' } }, { failure: 'second' }],
    });
    expect(await table.get({ pk: `${id}#new`, sk: 'x' })).toBeUndefined();
  });
});

test('more than a hundred keys are read in the order asked for, twice where asked twice', async () => {
  const { table, id } = tenant();
  const keys = Array.from({ length: 130 }, (_, index) => ({ pk: `${id}#n${index}`, sk: 'x' }));
  for (let start = 0; start < 130; start += 65)
    await table.transact(keys.slice(start, start + 65).map((key) => put({ ...key })));
  const missing = { pk: `${id}#none`, sk: 'x' };
  const found = await table.batchGet([...keys.toReversed(), missing, { pk: `${id}#n7`, sk: 'x' }]);
  expect(found.map((item) => item?.pk)).toEqual([...keys.toReversed().map(({ pk }) => pk), undefined, `${id}#n7`]);
});

describe('a query', () => {
  test.each([1, 2, 3, 7])(
    'gives each item once in pages of %i, in both directions and within a prefix',
    async (limit) => {
      const { table, id } = tenant();
      const names = ['a', 'ab', 'ab c', 'aé', 'b', 'zz', '😀'];
      await table.transact(names.map((sk) => put({ pk: id, sk })));
      const walk = async (query: { prefix?: string; descending?: boolean }) => {
        const found: string[] = [];
        let after: string | undefined;
        do {
          const page = await table.query({ pk: id, limit, ...query, ...(after !== undefined && { after }) });
          found.push(...page.items.map(({ sk }) => sk));
          after = page.next;
        } while (after !== undefined);
        return found;
      };
      expect(await walk({})).toEqual(names);
      expect(await walk({ descending: true })).toEqual(names.toReversed());
      expect(await walk({ prefix: 'a' })).toEqual(['a', 'ab', 'ab c', 'aé']);
      expect(await walk({ prefix: 'ab' })).toEqual(['ab', 'ab c']);
    },
  );
});
