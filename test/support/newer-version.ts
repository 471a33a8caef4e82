import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { localAws } from '../../infra/local/table.ts';
import { createClient, type Client } from '../../shared/api/client.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { put, update, type Item, type Key } from '../../shared/table/write.ts';
import { rowItem } from '../../shared/users/user-row.ts';
import { parseUser } from '../../shared/users/user.ts';
import { tableOf } from './deliveries.ts';
import type { TestMember } from './organization.ts';
import { servicesOf } from './operations.ts';
import type { Caller, TestStack } from './stack.ts';
import { everyItem } from './table-items.ts';

/** Sets attributes of an item to values that a newer version of Roster might have stored. */
export const store = async (organizationId: string, key: Key, set: Record<string, unknown>): Promise<void> => {
  await tableOf(organizationId).transact([update(key, { set })]);
};

/** Stores these role assignments for a member, both in the user's record and in the membership from which requests read rights. */
export const storeAssignments = async (
  organizationId: string,
  { userId, personId }: Pick<TestMember, 'userId' | 'personId'>,
  assignments: string[],
): Promise<void> => {
  await store(organizationId, keys.user(organizationId, userId), { assignments });
  await store(organizationId, keys.membership(organizationId, personId), { assignments });
  const table = tableOf(organizationId);
  const record = await table.get(keys.user(organizationId, userId));
  // A service account has a record, but no row in the list of users.
  if (record?.personId !== undefined) await table.transact([put(rowItem(organizationId, parseUser(record)))]);
};

/** Sets attributes of an account claim, which is a platform item and so needs a table without an organization. */
export const storeClaim = async (email: string, set: Record<string, unknown>): Promise<void> => {
  const table = servicesOf(undefined).tenantTable(partitions.account(email));
  await table.transact([update(keys.accountClaim(email), { set })]);
};

/** A client that does not check responses against the OpenAPI document, which describes only values that this version writes. */
export const tolerantClient = (stack: TestStack, caller?: Pick<Caller, 'accessToken'>): Client =>
  createClient({ baseUrl: stack.endpoints.api, token: () => caller?.accessToken });

const mark = { fromNewerVersion: { kept: true } };
const isMarked = (value: Fields): boolean => JSON.stringify(value.fromNewerVersion) === '{"kept":true}';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps with attribute names that the application defines. In `tags`, `facts`, `details` and remembered responses, names are data. */
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

/** Adds an attribute that only a newer version knows to every item and to every map of `innerMaps`. Returns the changed items. */
export const markEveryItem = async (stack: TestStack): Promise<Record<string, Item>> => {
  const { endpoint, tableName } = stack.endpoints.dynamodb;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, ...localAws }));
  for (const item of Object.values(await everyItem(stack)))
    if (!isMarked(item)) await client.send(new PutCommand({ TableName: tableName, Item: marked(item) }));
  client.destroy();
  return everyItem(stack);
};

/** The places that have lost the attribute, such as `user: takenOver[]`. Items that were deleted are ignored. */
export const lostMarks = (before: Record<string, Item>, after: Record<string, Item>): string[] => [
  ...new Set(
    Object.entries(before).flatMap(([key, item]) => (after[key] ? lostIn(item, after[key], kindOf(item), '') : [])),
  ),
];

const lostIn = (before: unknown, after: unknown, kind: string, place: string): string[] => {
  if (Array.isArray(before))
    return before.flatMap((each) => {
      // Elements are compared by id, because others may have been inserted or removed. A removed element has not lost its mark.
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

/** The kind of an item, derived from its key. */
const kindOf = ({ pk, sk }: Item): string => {
  const [root = '', part = sk] = pk.split('#');
  if (!root.startsWith('org_')) return root;
  return part === 'settings' ? (sk.split('\t')[0] ?? '') : part;
};
