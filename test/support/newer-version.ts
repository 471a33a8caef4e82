import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { localAws } from '../../infra/local/table.ts';
import { createClient, type Client } from '../../shared/api/client.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { update, type Item, type Key } from '../../shared/table/write.ts';
import { tableOf } from './deliveries.ts';
import type { TestMember } from './organization.ts';
import { servicesOf } from './operations.ts';
import type { Caller, TestStack } from './stack.ts';
import { everyItem } from './table-items.ts';

/** Changes an item as a newer version might have stored it. */
export const store = async (organizationId: string, key: Key, set: Record<string, unknown>): Promise<void> => {
  await tableOf(organizationId).transact([update(key, { set })]);
};

/** Gives a member these assignments, in their stored form: the record of the user and what requests read. */
export const storeAssignments = async (
  organizationId: string,
  { userId, personId }: Pick<TestMember, 'userId' | 'personId'>,
  assignments: string[],
): Promise<void> => {
  await store(organizationId, keys.user(organizationId, userId), { assignments });
  await store(organizationId, keys.membership(organizationId, personId), { assignments });
};

/** Makes the state of an account claim, which belongs to no organization, another. */
export const storeClaim = async (email: string, set: Record<string, unknown>): Promise<void> => {
  const table = servicesOf(undefined).tenantTable(partitions.account(email));
  await table.transact([update(keys.accountClaim(email), { set })]);
};

/** A client that takes answers which OpenAPI does not describe: it describes the values that this version writes. */
export const tolerantClient = (stack: TestStack, caller?: Pick<Caller, 'accessToken'>): Client =>
  createClient({ baseUrl: stack.endpoints.api, token: () => caller?.accessToken });

const mark = { fromNewerVersion: { kept: true } };
const isMarked = (value: Fields): boolean => JSON.stringify(value.fromNewerVersion) === '{"kept":true}';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps whose attributes the application names. Those of `tags`, `facts`, `details` and remembered answers are data. */
const innerMaps = ['content', 'filters', 'takenOver'];

const marked = (fields: Fields): Fields => ({
  ...Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, innerMaps.includes(name) ? markedInside(value) : value]),
  ),
  ...mark,
});

const markedInside = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(markedInside);
  return isFields(value) ? marked(value) : value;
};

/** Gives every item of the table, and every map in it, an attribute that only a newer version knows. The items as they are now. */
export const markEveryItem = async (stack: TestStack): Promise<Record<string, Item>> => {
  const { endpoint, tableName } = stack.endpoints.dynamodb;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, ...localAws }));
  for (const item of Object.values(await everyItem(stack)))
    if (!isMarked(item)) await client.send(new PutCommand({ TableName: tableName, Item: marked(item) }));
  client.destroy();
  return everyItem(stack);
};

/** Where the attribute was and is no longer, of the items that are still there: `user: takenOver[]`. */
export const lostMarks = (before: Record<string, Item>, after: Record<string, Item>): string[] => [
  ...new Set(
    Object.entries(before).flatMap(([key, item]) => (after[key] ? lostIn(item, after[key], kindOf(item), '') : [])),
  ),
];

const lostIn = (before: unknown, after: unknown, kind: string, place: string): string[] => {
  if (Array.isArray(before))
    return before.flatMap((each) => {
      // Another may have come in before it, and it may be gone as a whole.
      const same = Array.isArray(after) && after.find((other) => idOf(other) === idOf(each));
      return same ? lostIn(each, same, kind, `${place}[]`) : [];
    });
  if (!isFields(before) || !isFields(after)) return [];
  return [
    ...(isMarked(before) && !isMarked(after) ? [`${kind}: ${place || 'itself'}`] : []),
    ...innerMaps.flatMap((name) => lostIn(before[name], after[name], kind, place ? `${place}.${name}` : name)),
  ];
};

const idOf = (value: unknown): unknown => (isFields(value) ? value.id : value);

/** What an item is, by its key. */
const kindOf = ({ pk, sk }: Item): string => {
  const [root = '', part = sk] = pk.split('#');
  if (!root.startsWith('org_')) return root;
  return part === 'settings' ? (sk.split('\t')[0] ?? '') : part;
};
