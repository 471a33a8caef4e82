import type { SettingsKind } from '../asset-kinds.ts';
import { tableSchema, type IndexName } from './schema.ts';
import type { Key } from './write.ts';

/**
 * Every key of the table. A partition key begins with the tenant, followed by the kind of its items, except for the platform
 * partitions at the end. The permissions of functions are granted by this pattern (partition-patterns.ts). Sort keys of lists are
 * ids that sort by time, or a folded text and a tab before the id.
 */
export const keys = {
  organization: (organizationId: string): Key => ({ pk: `${organizationId}#organization`, sk: 'organization' }),

  user: (organizationId: string, userId: string): Key => ({ pk: `${organizationId}#user#${userId}`, sk: 'user' }),
  /** A person's rights in an organization, on which each request is decided. The removal of the user deletes the item. */
  membership: (organizationId: string, personId: string): Key => ({
    pk: `${organizationId}#person#${personId}`,
    sk: 'membership',
  }),
  /** Whether an email address is invited or a user in an organization. It is one item, so an address is never both. */
  address: (organizationId: string, email: string): Key => ({
    pk: `${organizationId}#address#${email}`,
    sk: 'address',
  }),
  /**
   * The user who was most recently removed with an email address, so that a new invite can refer to the user to restore instead.
   */
  removedUser: (organizationId: string, email: string): Key => ({
    ...keys.address(organizationId, email),
    sk: 'removed-user',
  }),
  userByName: (organizationId: string, name: string, userId: string): Key => ({
    pk: partitions.users(organizationId),
    sk: sorted(name, userId),
  }),
  userByText: (organizationId: string, text: string, userId: string): Key => ({
    pk: partitions.search(organizationId),
    sk: sorted(text, userId),
  }),
  userByRole: (organizationId: string, role: string, name: string, userId: string): Key => ({
    pk: partitions.role(organizationId, role),
    sk: sorted(name, userId),
  }),
  userByPool: (organizationId: string, poolId: string, name: string, userId: string): Key => ({
    pk: partitions.grants(organizationId, poolId),
    sk: sorted(name, userId),
  }),

  pool: (organizationId: string, poolId: string): Key => ({ pk: partitions.pools(organizationId), sk: poolId }),
  /** The remaining work after pools were deleted: storing the status of invites that need new roles. */
  deletedPools: (organizationId: string): Key => ({ pk: `${organizationId}#deleted-pools`, sk: 'work' }),
  /** Reserves the name of a pool among its siblings, for the previous version. */
  poolName: (organizationId: string, parentId: string, name: string): Key => ({
    pk: `${organizationId}#pool-names`,
    sk: sorted(parentId, name),
  }),

  resource: (organizationId: string, resourceId: string): Key => ({
    pk: `${organizationId}#resource#${resourceId}`,
    sk: 'resource',
  }),
  /** An asset of a kind that is stored in the settings partition: a policy, a data source. */
  setting: (organizationId: string, kind: SettingsKind, assetId: string): Key => ({
    pk: partitions.settings(organizationId),
    sk: settingsPrefix(kind) + assetId,
  }),
  /** Reserves a cloud account, so that an organization connects it only once. */
  dataSourceAccount: (organizationId: string, type: string, accountId: string): Key => ({
    pk: `${organizationId}#data-source-accounts`,
    sk: sorted(type, accountId),
  }),
  /** The list entry of a service account. The record itself has the key of a user. */
  serviceAccountEntry: (organizationId: string, serviceAccountId: string): Key => ({
    pk: partitions.serviceAccounts(organizationId),
    sk: serviceAccountId,
  }),

  /** The numbers of users and invites of an organization, as they were last counted. */
  totals: (organizationId: string): Key => ({ pk: `${organizationId}#totals`, sk: 'totals' }),
  invite: (organizationId: string, inviteId: string): Key => ({ pk: partitions.invites(organizationId), sk: inviteId }),
  /** The number of invite mails that an organization requested on a day. */
  quota: (organizationId: string, day: string): Key => ({ pk: `${organizationId}#quota`, sk: day }),
  /** The numbers of an organization's invite emails that were delivered or complained about since its beginning. */
  mailRecord: (organizationId: string): Key => ({ pk: `${organizationId}#quota`, sk: 'record' }),
  /** The numbers of an organization's invite mails that were sent, and that bounced, on a day. */
  mailDay: (organizationId: string, day: string): Key => ({ pk: partitions.mailDays(organizationId), sk: day }),
  /** The number of an organization's invite emails to an address on a day. */
  recipientDay: (organizationId: string, email: string, day: string): Key => ({
    pk: `${organizationId}#mailed#${email}`,
    sk: day,
  }),
  /** An address to which the organization sends no more mails. */
  suppression: (organizationId: string, email: string): Key => ({
    pk: `${organizationId}#suppressed#${email}`,
    sk: 'suppression',
  }),
  notice: (organizationId: string, noticeId: string): Key => ({ pk: `${organizationId}#notices`, sk: noticeId }),
  auditEvent: (organizationId: string, eventId: string): Key => ({ pk: partitions.audit(organizationId), sk: eventId }),
  /** The names that an audit event mentions. */
  auditLabel: (organizationId: string, eventId: string): Key => ({
    pk: partitions.auditLabels(organizationId),
    sk: eventId,
  }),

  /** A remembered response. `tenant`: the partition of an organization, a person or the operators. */
  answer: (tenant: string, request: string, part = 'answer'): Key => ({
    pk: `${tenant}#idempotency#${request}`,
    sk: part,
  }),

  /** The token bucket of costly calls. `tenant`: the partition of an organization or a person. */
  bucket: (tenant: string): Key => ({ pk: `${tenant}#bucket`, sk: 'bucket' }),

  /** Platform: an organization to which a person belongs. */
  personOrganization: (personId: string, organizationId: string): Key => ({
    pk: partitions.person(personId),
    sk: `organization#${organizationId}`,
  }),
  /** Platform: the number of organizations that a person created. */
  personLimits: (personId: string): Key => ({ pk: partitions.person(personId), sk: 'limits' }),
  /** Platform: the number of invite emails that a person requested on a day, for all organizations. */
  personMails: (personId: string, day: string): Key => ({ pk: partitions.person(personId), sk: `mails#${day}` }),
  /** Platform: what a person wants to be notified of, in all organizations. */
  notificationSettings: (personId: string): Key => ({ pk: partitions.person(personId), sk: 'notifications' }),
  /** Platform: the number of notices to a person on a day, from all organizations. */
  noticeDay: (personId: string, day: string): Key => ({ pk: partitions.person(personId), sk: `notices#${day}` }),
  /** Platform: the claim of the request that is creating the account of an address. */
  accountClaim: (email: string): Key => ({ pk: partitions.account(email), sk: 'claim' }),
  /** Platform: the number of invite emails to an address on a day, from all organizations. */
  recipientDayOfAll: (email: string, day: string): Key => ({ pk: partitions.recipient(email), sk: day }),
  /** Platform: the number of requests from a source address in a minute. */
  sourceMinute: (source: string, minute: string): Key => ({ pk: partitions.source(source), sk: minute }),
  /** Platform: the lease of the only worker that may drain the due work. */
  workLease: (): Key => ({ pk: partitions.work, sk: 'lease' }),
};

/** Partitions that are read as lists or that several keys share. `schema.ts` lists those that are partitions of an index. */
export const partitions = {
  users: (organizationId: string) => `${organizationId}#users`,
  search: (organizationId: string) => `${organizationId}#search`,
  role: (organizationId: string, role: string) => `${organizationId}#role#${role}`,
  grants: (organizationId: string, poolId: string) => `${organizationId}#grants#${poolId}`,
  /** Active users, newest last. */
  usersByJoining: (organizationId: string) => `${organizationId}#users-joined`,
  /** Removed users, most recently removed last. */
  usersByRemoval: (organizationId: string) => `${organizationId}#users-removed`,
  pools: (organizationId: string) => `${organizationId}#pools`,
  /** Policies, data sources and similar assets. They share a partition, so that one Query counts all those of a user. */
  settings: (organizationId: string) => `${organizationId}#settings`,
  serviceAccounts: (organizationId: string) => `${organizationId}#service-accounts`,
  /** Resources by the pool to which they were last assigned. */
  resourcesIn: (organizationId: string, poolId: string) => `${organizationId}#resources-in#${poolId}`,
  resources: (organizationId: string) => `${organizationId}#resources`,
  /** Resources by holder. */
  held: (organizationId: string, holderId: string) => `${organizationId}#held#${holderId}`,
  invites: (organizationId: string) => `${organizationId}#invites`,
  /** Invites by status, newest last. */
  invitesByStatus: (organizationId: string, status: string) => `${organizationId}#invites#${status}`,
  invitesByEmail: (organizationId: string) => `${organizationId}#invites`,
  /** Pending invites by inviter. */
  invitesByInviter: (organizationId: string, userId: string) => `${organizationId}#invites-by#${userId}`,
  mailDays: (organizationId: string) => `${organizationId}#mail-days`,
  /** The notices to a person that wait to be sent, oldest first. */
  waitingNotices: (organizationId: string, personId: string) => `${organizationId}#notices#${personId}`,
  audit: (organizationId: string) => `${organizationId}#audit`,
  /** The names that audit events mention. They are not among the events, which can never be erased. */
  auditLabels: (organizationId: string) => `${organizationId}#audit-labels`,
  /** Audit events by actor. */
  auditByActor: (organizationId: string, userId: string) => `${organizationId}#audit#actor#${userId}`,
  /** Audit events by target. */
  auditByTarget: (organizationId: string, targetId: string) => `${organizationId}#audit#target#${targetId}`,
  person: (personId: string) => `person#${personId}`,
  account: (email: string) => `account#${email}`,
  recipient: (email: string) => `recipient#${email}`,
  source: (source: string) => `source#${source}`,
  /** Pending invites of an address, in all organizations. */
  invited: (email: string) => `invited#${email}`,
  work: 'work',
  /** All due work, by due time. */
  due: 'due',
};

/** Returns the prefix of the sort keys of one of the kinds that share the settings partition. */
export const settingsPrefix = (kind: SettingsKind): string => `${kind.replaceAll('_', '-')}\t`;

const sorted = (text: string, id: string): string => `${text}\t${id}`;

/** Returns the id at the end of the sort key of a list entry. */
export const idOfSortKey = (sk: string): string => sk.slice(sk.lastIndexOf('\t') + 1);

/** Returns the organization to whose data a partition key belongs. */
export const organizationOfPartition = (pk: string): string => pk.split('#', 1)[0] ?? pk;

/** Returns the attributes that list a user by time: an active user by when they joined, a removed user by when that happened. */
export const userByTime = (
  organizationId: string,
  { id, joinedAt, removedAt }: { id: string; joinedAt: string; removedAt?: string | undefined },
) =>
  removedAt === undefined
    ? indexEntry('gsi1', partitions.usersByJoining(organizationId), sorted(joinedAt, id))
    : indexEntry('gsi1', partitions.usersByRemoval(organizationId), sorted(removedAt, id));

export const isAuditEvent = ({ pk }: Key): boolean => pk === partitions.audit(organizationOfPartition(pk));

type Indexes = typeof tableSchema.indexes;

/** The sort key of an index entry, as an argument. There is none if the index sorts by an attribute of the item's own key. */
type SortKey<I extends IndexName> = Indexes[I]['sk'] extends keyof Key ? [] : [sk: string];

/** Returns the attributes that put an item in an index. */
export const indexEntry = <I extends IndexName>(index: I, pk: string, ...[sk]: SortKey<I>): Record<string, string> => {
  const attributes = tableSchema.indexes[index];
  return { [attributes.pk]: pk, ...(sk !== undefined && { [attributes.sk]: sk }) };
};

/** Returns the attributes whose removal takes an item out of an index. The item's own key attributes are not among them. */
export const indexAttributes = (index: IndexName): string[] => {
  const { pk, sk } = tableSchema.indexes[index];
  const ownKey = new Set<string>([tableSchema.pk, tableSchema.sk]);
  return [pk, sk].filter((attribute) => !ownKey.has(attribute));
};

/** Returns the attributes that list an item among the assets last assigned to a user. */
export const held = (organizationId: string, holderId: string) =>
  indexEntry('held', partitions.held(organizationId, holderId));

/** Returns the attributes that put an item in the due index, so that the worker processes it at `dueAt`. */
export const due = (dueAt: string) => indexEntry('due', partitions.due, dueAt);

/** Returns the attributes that put an item in the due index and wake the worker at once. */
export const dueNow = (now: string) => ({ ...due(now), [tableSchema.wake]: now });

export const notDue = [...indexAttributes('due'), tableSchema.wake];
