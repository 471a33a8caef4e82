/**
 * Shows that the benchmark compares like with like: for each subject, the calls that are sent again are the recorded ones, get
 * the same answers, and leave the same items in the table.
 */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, inject, test } from 'vitest';
import { endWorld, openEngine, type Engine } from '../model/world.ts';
import { eventOf, withoutLog } from './pipeline.ts';
import { record, redirect, replay, sameAnswers, type Call } from './recorded-calls.ts';
import { openSites, pagesOf, type Sites } from './sites.ts';
import { subjects } from './subjects.ts';

let engine: Engine;
let sites: Sites;

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamoDbEndpoint'),
  });
  engine = await openEngine(inject('dynamoDbEndpoint'), inject('assembly'));
  sites = await openSites(engine);
  // A benchmark sends calls again without recording them. Here the records are compared.
  return async () => {
    for (const tableName of [sites.reading.tableName, sites.changing.tableName, sites.twin])
      await endWorld(engine, { tableName });
    sites.close();
    engine.client.destroy();
  };
});

/** What the engine has to do for a call: without the name of the table and the token, which differ. */
const work = ({ name, input, answer }: Call) => ({
  name,
  answer,
  input: JSON.stringify(input)
    .replaceAll(/model-\d+-\d+/g, 'table')
    .replace(/"ClientRequestToken":"[^"]+"/, ''),
  bytes: JSON.stringify(input).length,
});

/** All items, by their keys. */
const itemsOf = async (tableName: string) => {
  const items = new Map<string, unknown>();
  for await (const page of pagesOf(sites.bare, tableName))
    for (const item of page) items.set(`${String(item.pk)} ${String(item.sk)}`, item);
  return items;
};

/** The others send the same calls for more data, which takes minutes to write. */
const quick = subjects.filter(({ name }) => !/0,000|1,000/.test(name));

test.each(quick)('$name: the raw calls make the engine do the same work', async ({ name, changes, prepare }) => {
  const { reading, changing, twin, bare, fillTwin } = sites;
  const site = changes ? changing : reading;
  const to = changes ? twin : reading.tableName;
  process.env.TABLE_NAME = site.tableName;
  const { next } = await withoutLog(() => prepare(site, 2));
  if (changes) await fillTwin();
  let body = '';
  const calls = await record(async () => void (body = await withoutLog(() => site.pipeline(eventOf(next())))));
  if (name.startsWith('list 50')) expect(JSON.parse(body)).toMatchObject({ items: { length: 50 } });
  expect(calls).not.toEqual([]);

  let answers: Awaited<ReturnType<typeof replay>> = [];
  const again = await record(async () => void (answers = await replay(bare, redirect(calls, site.tableName, to))));
  expect(again.map(work)).toEqual(calls.map(work));
  expect(sameAnswers(calls, answers)).toBe(true);
  if (changes) expect(await itemsOf(twin)).toEqual(await itemsOf(changing.tableName));
});

test('a call is sent again once as many calls have been answered as before', async () => {
  const events: string[] = [];
  const held: (() => void)[] = [];
  const client = {
    send: ({ input }: { input: { TableName: string } }) => {
      events.push(`sent ${input.TableName}`);
      return new Promise((resolve) => held.push(() => resolve({})));
    },
  } as unknown as DynamoDBDocumentClient;
  const get = (TableName: string, answeredBefore: number): Call => ({
    name: 'GetItemCommand',
    input: { TableName, Key: {} },
    answeredBefore,
  });
  const replayed = replay(client, [get('a', 0), get('b', 0), get('c', 1), get('d', 3)]);
  for (let answered = 1; answered <= 4; answered += 1) {
    events.push(`answer ${answered}`);
    held.shift()?.();
    await new Promise(setImmediate);
  }
  await replayed;
  expect(events).toEqual(['sent a', 'sent b', 'answer 1', 'sent c', 'answer 2', 'answer 3', 'sent d', 'answer 4']);
});

test.each([
  ['another number of items', { items: 2, cancelled: false }],
  ['a refused transaction', { items: 1, cancelled: true }],
])('%s is not the same answer', (_, answer) => {
  const calls: Call[] = [
    {
      name: 'GetItemCommand',
      input: { TableName: 'a', Key: {} },
      answeredBefore: 0,
      answer: { items: 1, cancelled: false },
    },
  ];
  expect(sameAnswers(calls, [{ items: 1, cancelled: false }])).toBe(true);
  expect(sameAnswers(calls, [answer])).toBe(false);
  expect(sameAnswers(calls, [])).toBe(false);
});
