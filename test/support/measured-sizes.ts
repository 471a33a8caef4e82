/** The largest sizes that the real code produces: items of transactions, and bytes of items, keys and responses. */
import { encodeCursor } from '../../shared/api/cursor.ts';
import { audit } from '../../shared/audit/audit-event.ts';
import { shortenChains } from '../../shared/handover/shorten-chains.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { inviteItem, newInvite, type Invite } from '../../shared/invites/invite.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { inviteView } from '../../shared/invites/invite-view.ts';
import { joinByInvite } from '../../shared/invites/join-by-invite.ts';
import { formatToken } from '../../shared/invites/token.ts';
import * as limits from '../../shared/limits.ts';
import { organizationItem, type Organization } from '../../shared/organizations/organization.ts';
import { poolItem, type Pool } from '../../shared/pools/pool.ts';
import { poolView } from '../../shared/pools/pool-view.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { newResource } from '../../shared/resources/resource-routes.ts';
import { resourceItem, type Resource } from '../../shared/resources/resource.ts';
import { resourceView } from '../../shared/resources/resource-view.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { dataSourceRecords } from '../../shared/data-sources/data-source.ts';
import { entryVersion } from '../../shared/table/schema.ts';
import { due, held, keys, partitions } from '../../shared/table/keys.ts';
import type { Item } from '../../shared/table/write.ts';
import { answeredBytes, responseBytes } from '../../shared/text.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { searchText, userEntries } from '../../shared/users/user-entries.ts';
import { membershipItem, userItem, type User } from '../../shared/users/user.ts';
import { itemsWritten, longId, now, recordingServices, recordingTable } from './recorded-writes.ts';

const utf8 = new TextEncoder();

export const bytesOf = (text: string): number => utf8.encode(text).length;

/**
 * Bytes of an item as DynamoDB counts them: names and values in UTF-8, plus 3 for each list or map and 1 for each of its values.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
const itemBytes = (item: object): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + bytesOf(name) + valueBytes(value), 0);

const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return bytesOf(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return 3 + value.reduce<number>((sum, each) => sum + 1 + valueBytes(each), 0);
  if (typeof value === 'object' && value !== null) return 3 + Object.keys(value).length + itemBytes(value);
  return 1;
};

/** Text that takes the most bytes in a response: a quote is escaped twice and becomes four bytes. */
const quotes = (letters: number): string => '"'.repeat(letters);

const organizationId = longId('org');
const sourceId = longId('src');

const pools: Pool[] = Array.from({ length: limits.assignmentsMax + 1 }, (_, index) => ({
  id: longId('pool', index),
  name: quotes(limits.nameLettersMax),
  ...(index > 0 && { parentId: longId('pool') }),
  holderId: longId('usr', 1),
  absorbed: [],
  createdAt: now,
  version: 1,
}));

const organization: Organization = {
  id: organizationId,
  name: 'Acme',
  rootPoolId: longId('pool'),
  inviteExpiryDays: limits.inviteExpiryDaysDefault,
  managerCount: 2,
  treeVersion: 1,
  entryVersion,
  createdAt: now,
  version: 1,
};

/** One role on the organization, and each other role on a pool of its own: this gives a user the most list entries. */
const assignments = (count: number): RoleAssignment[] => [
  { role: 'organization_manager' },
  ...pools
    .slice(1, count)
    .map(({ id }, index): RoleAssignment => ({ role: index % 2 === 0 ? 'manager' : 'engineer', poolId: id })),
];

const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

const userOf = (number: number, given: Partial<User> = {}): User => ({
  id: longId('usr', number),
  personId: `person-${number}`,
  email: `person${number}@example.com`,
  name: `Person ${number}`,
  status: 'active',
  assignments: [{ role: 'organization_manager' }],
  holdings: [longId('usr', number)],
  takenOver: [],
  joinedAt: now,
  invitesPassed: [],
  version: 1,
  ...given,
});

const manager = userOf(1);

const common: Item[] = [
  organizationItem(organization),
  userItem(organizationId, manager),
  { ...membershipItem(organizationId, manager), lastSeenAt: now.slice(0, 10) },
  dataSourceRecords.item(organizationId, {
    id: sourceId,
    type: 'aws',
    name: 'Main',
    accountId: '1',
    holderId: manager.id,
    createdAt: now,
    version: 1,
  }),
];

const inOrganization = { params: { organizationId }, query: {} };
const surroundings = { items: common, pools, personId: manager.personId };

/** A count that grows linearly: `each` for every element, and `others` regardless of their number. */
interface Growth {
  each: number;
  others: number;
}

const growthOf = async (count: (number: number) => Promise<number> | number): Promise<Growth> => {
  const [one, two] = [await count(1), await count(2)];
  return { each: two - one, others: 2 * one - two };
};

const invitePart = await growthOf((number) =>
  itemsWritten(
    inviteUsers,
    {
      ...inOrganization,
      body: {
        emails: Array.from({ length: number }, (_, index) => `new${index}@example.com`),
        roles: [{ role: 'member' }],
        dryRun: false,
      },
    },
    surroundings,
  ),
);

const resourcePart = await growthOf((number) =>
  itemsWritten(
    ingestResources,
    {
      ...inOrganization,
      body: {
        items: Array.from({ length: number }, (_, index) => ({
          name: `web-${index}`,
          type: 'instance',
          poolId: longId('pool', 1),
          ownerId: manager.id,
          dataSourceId: sourceId,
          externalId: `i-${index}`,
          tags: {},
        })),
      },
    },
    surroundings,
  ),
);

const entriesOf = (count: number, wordCount: number): number =>
  userEntries(organizationId, userOf(2, { assignments: assignments(count), name: words(wordCount) })).length;

/** The number of a user's list entries: for each role assignment, for each word of the name, and in the largest case. */
const entries = {
  eachAssignment: entriesOf(limits.assignmentsMax, 1) - entriesOf(limits.assignmentsMax - 1, 1),
  eachWord: entriesOf(1, 3) - entriesOf(1, 2),
  largest: entriesOf(limits.assignmentsMax, limits.nameLettersMax),
};

const largestUser = userOf(2, {
  assignments: assignments(limits.assignmentsMax),
  name: words(limits.searchableWordsMax + 1),
});
const largestInvite: Invite = {
  ...newInvite(
    {
      id: longId('inv'),
      organizationId,
      email: `${'e'.repeat(limits.cognitoUserNameLettersMax - '@example.com'.length)}@example.com`,
      assignments: assignments(limits.assignmentsMax),
      message: quotes(limits.inviteMessageLettersMax),
      invitedBy: manager.id,
      createdIn: longId('evt'),
      lifetimeDays: limits.inviteExpiryDaysMax,
    },
    now,
  ),
};

const itemsOfAcceptance = async (): Promise<number> => {
  const { table, transactions } = recordingTable([]);
  const joined = await joinByInvite(
    recordingServices(table, pools),
    {
      invite: largestInvite,
      organization: { ...organization, managerCount: 0 },
      inviter: manager,
      firstInviter: manager,
      roles: largestInvite.assignments,
    },
    { personId: 'person-2', email: largestInvite.email, emailVerified: true, enabled: true, temporary: false },
    { name: largestUser.name, requestId: 'request' },
  );
  if (!joined.ok) throw new Error('The largest invite was not accepted');
  return Math.max(...transactions);
};

const itemsOfRestoring = (): Promise<number> =>
  itemsWritten(
    restoreUser,
    { params: { organizationId, userId: largestUser.id }, query: {}, body: undefined },
    {
      ...surroundings,
      items: [
        ...common,
        userItem(organizationId, { ...largestUser, status: 'removed', successorId: longId('usr', 3) }),
        userItem(organizationId, userOf(3)),
      ],
    },
  );

/** The items that changing a manager's roles writes in addition to list entries. Three entries change: those of two roles and a pool. */
const itemsOfChangingRoles = async (): Promise<number> => {
  const changed = userOf(2);
  const roles: RoleAssignment[] = [{ role: 'engineer', poolId: longId('pool', 1) }];
  const entriesChanged = 3;
  const written = await itemsWritten(
    changeRoles,
    { params: { organizationId, userId: changed.id }, query: {}, body: { roles } },
    { ...surroundings, items: [...common, userItem(organizationId, changed)] },
  );
  return written - entriesChanged;
};

const itemsOfShortening = async (): Promise<Growth> =>
  growthOf(async (number) => {
    const earlier = Array.from({ length: number }, (_, index) =>
      userOf(10 + index, { status: 'removed', successorId: longId('usr', 9) }),
    );
    const user = userOf(2, { holdings: [longId('usr', 2), ...earlier.map(({ id }) => id)] });
    const { table, transactions } = recordingTable([user, ...earlier].map((each) => userItem(organizationId, each)));
    await shortenChains(table, organizationId, user, () => true);
    return Math.max(...transactions);
  });

/** Text that takes the most bytes in the table: three for each letter. */
const wide = (letters: number): string => '漢'.repeat(letters);

/** Tags that consist of quotes and whose JSON is as long as `bytesMax` allows. */
const largestTags = (bytesMax: number): Record<string, string> => {
  const tags: Record<string, string> = {};
  for (let index = 0; index < limits.tagsMax; index += 1) {
    const left = Math.floor((bytesMax - bytesOf(JSON.stringify(tags)) - '"00":"",'.length) / 2);
    if (left > 0) tags[String(index).padStart(2, '0')] = quotes(Math.min(left, limits.tagValueLettersMax));
  }
  // The bytes that the values have left over lengthen the keys.
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => {
      const left = Math.floor((bytesMax - bytesOf(JSON.stringify(tags))) / 2 / limits.tagsMax);
      return [key + quotes(Math.max(0, Math.min(left, limits.tagKeyLettersMax - key.length))), value];
    }),
  );
};

const largestResource = (tagsBytesMax: number): Resource => ({
  id: longId('res'),
  name: quotes(limits.resourceNameLettersMax),
  type: quotes(limits.resourceTypeLettersMax),
  poolId: longId('pool', 1),
  holderId: longId('usr', 1),
  dataSourceId: sourceId,
  externalId: quotes(limits.externalIdLettersMax),
  monthlyCost: 123_456_789.123456,
  tags: largestTags(tagsBytesMax),
  createdAt: now,
  ingestedIn: Array.from({ length: limits.ingestionsRememberedMax }, (_, index) => longId('evt', index)),
  version: 999_999,
});

/** Parsing throws if the schema refuses the largest resource, because only what can be stored is worth measuring. */
const {
  id: _id,
  holderId: ownerId,
  createdAt: _at,
  ingestedIn: _in,
  version: _version,
  ...input
} = largestResource(limits.tagsBytesMax);
newResource.parse({ ...input, ownerId });

const resourceResponseBytes = (tagsBytesMax: number): number =>
  responseBytes({
    outcome: 'unchanged',
    resource: resourceView(
      largestResource(tagsBytesMax),
      {
        ownerOf: (id) => ({ id, name: quotes(limits.nameLettersMax) }),
        sources: new Map([[sourceId, { id: sourceId, name: quotes(limits.nameLettersMax) }]]),
      },
      buildPoolTree(pools),
      organization,
    ),
  });

const largestPool: Pool = { ...(pools[1] as Pool), monthlyLimit: 99_999_999_999.99, version: 999_999 };
/** The list of all pools leaves out the names of the owners if it would be too large with them. */
const { defaultOwnerName: _owner, ...largestPoolView } = poolView(
  largestPool,
  manager,
  buildPoolTree(pools),
  organization,
);

/** Bytes of an invite in a response, without its roles and message: `inviteRepeatedBytesMax` limits those. */
const inviteResponseBytes = responseBytes({
  email: largestInvite.email,
  outcome: 'already_invited',
  invite: inviteView(
    {
      invite: {
        ...largestInvite,
        assignments: [],
        message: '',
        deliveryDetail: 'd'.repeat(200),
        sentAt: now,
        acceptedAt: now,
        userId: manager.id,
        version: 999_999,
      },
      status: 'pending',
      shownInviter: { id: manager.id, name: quotes(limits.nameLettersMax) },
      firstInviter: { id: manager.id, name: quotes(limits.nameLettersMax) },
    },
    buildPoolTree(pools),
  ),
});

/** Bytes of a sort key of a list in addition to the text that it sorts by. */
const sortKeyRest = bytesOf(keys.userByText(organizationId, '', manager.id).sk);

/** The length of the cursor of a search for a text of one repeated letter, at a user whose name is the same text. */
const cursorOf = (letter: string, letters: number): number => {
  const search = searchText(letter.repeat(letters));
  const list = JSON.stringify(['users', searchText(letter.repeat(Math.floor(letters / letter.length))), 'engineer']);
  return (encodeCursor(list, keys.userByText(organizationId, search, manager.id).sk).nextCursor ?? '').length;
};

/** Bytes of the audit event of a transaction of invites that lists this many roles of invitees. */
const invitesEventBytes = (invites: number, roles: number): number => {
  const targets = Array.from({ length: invites }, (_, index) => ({ id: longId('inv', index), name: '' }));
  const rolesOf = targets.map(({ id }, index) => {
    const count = Math.floor(roles / invites) + (index < roles % invites ? 1 : 0);
    return [id, Array(count).fill(`engineer@${longId('pool')}`)];
  });
  const [event] = audit({
    organizationId,
    id: longId('evt'),
    at: now,
    actor: { id: manager.id, name: '' },
    action: 'invites_created',
    targets,
    requestId: 'r'.repeat(40),
    details: { roles: Object.fromEntries(rolesOf) },
  });
  return event?.effect.kind === 'put' ? itemBytes(event.effect.item) : NaN;
};

export const measured = {
  invitesEventBytes,
  entries,
  invitePart,
  resourcePart,
  acceptance: { items: await itemsOfAcceptance() },
  restoring: { items: await itemsOfRestoring() },
  changingRoles: { others: await itemsOfChangingRoles() },
  shortening: await itemsOfShortening(),
  sortKeyRest,
  walkedPositionRest: bytesOf(`${longId('pool')}\t`) + sortKeyRest,
  poolNameKeyRest: bytesOf(keys.poolName(organizationId, longId('pool'), '').sk),
  cursorLetters: (letters: number): number => Math.max(...['"', '漢', '𠀀'].map((letter) => cursorOf(letter, letters))),
  tokenLetters: formatToken({ organizationId, inviteId: longId('inv'), secret: 's'.repeat(43) }).length,
  idLetters: Math.max(...pools.map(({ id }) => id.length), 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'.length),
  resourceResponseBytes,
  /** The maximum bytes of the tags' JSON, which is longer than their stored form, plus the bytes of everything else. */
  resourceItemBytes:
    limits.tagsBytesMax +
    itemBytes(
      resourceItem(organizationId, {
        ...largestResource(limits.tagsBytesMax),
        name: wide(limits.resourceNameLettersMax),
        type: wide(limits.resourceTypeLettersMax),
        externalId: wide(limits.externalIdLettersMax),
        tags: {},
      }),
    ),
  inviteItemBytes: itemBytes(inviteItem({ ...largestInvite, message: wide(limits.inviteMessageLettersMax) })),
  secretHashBytes: 1 + bytesOf('h'.repeat(43)),
  inviteResponseBytes,
  /** Bytes of a pool in a response without its path, whose length has a limit of its own. */
  poolResponseBytes: responseBytes(largestPoolView) - (responseBytes(largestPoolView.path) - responseBytes('')),
  poolItemBytes: itemBytes(poolItem(organizationId, { ...largestPool, name: wide(limits.nameLettersMax) })),
  absorbedIdBytes: 1 + bytesOf(longId('pool')),
  takenOverBytes: itemBytes({ id: manager.id, name: wide(limits.nameLettersMax), at: now }),
  heldEntryBytes: itemBytes({
    ...keys.resource(organizationId, longId('res')),
    ...held(organizationId, manager.id),
    poolId: longId('pool'),
    monthlyCost: 1,
  }),
  /** Bytes of a label in addition to its names. */
  labelRestBytes: itemBytes({ ...keys.auditLabel(organizationId, longId('evt')), names: {} }),
  /** Bytes of a name in a label in addition to the name, as they count towards the label's limit: those of a response. */
  labelNameRestBytes: answeredBytes(JSON.stringify([longId('inv'), ''])),
  dueEntryBytes: itemBytes({ ...keys.invite(organizationId, longId('inv')), ...due(now) }),
  inviterEntryBytes: itemBytes({
    ...keys.invite(organizationId, longId('inv')),
    gsi3pk: partitions.invitesByInviter(organizationId, manager.id),
    gsi3sk: longId('inv'),
  }),
};
