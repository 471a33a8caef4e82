import type { SettingsKind } from '../asset-kinds.ts';
import { tableSchema, type IndexName } from './schema.ts';
import type { Key } from './write.ts';

/**
 * Every key of the table. Partition keys begin with the tenant, but for the named platform partitions at the end, and then say
 * what they hold: what a function may touch is told by that (partition-patterns.ts).
 * Sort keys of lists are ids that sort by time, or a folded text and a tab before the id.
 */
export const keys = {
  organization: (organizationId: string): Key => ({ pk: `${organizationId}#organization`, sk: 'organization' }),

  user: (organizationId: string, userId: string): Key => ({ pk: `${organizationId}#user#${userId}`, sk: 'user' }),
  /** A person's rights in an organization: what each request is decided by. Gone when they are. */
  membership: (organizationId: string, personId: string): Key => ({
    pk: `${organizationId}#person#${personId}`,
    sk: 'membership',
  }),
  /** What an e-mail address is in an organization: invited, or a user. One item, so at most one of both. */
  address: (organizationId: string, email: string): Key => ({
    pk: `${organizationId}#address#${email}`,
    sk: 'address',
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
  /** Reserves a name among siblings. */
  poolName: (organizationId: string, parentId: string, name: string): Key => ({
    pk: `${organizationId}#pool-names`,
    sk: sorted(parentId, name),
  }),

  resource: (organizationId: string, resourceId: string): Key => ({
    pk: `${organizationId}#resource#${resourceId}`,
    sk: 'resource',
  }),
  /** An asset whose kind lies among the settings: a policy, a data source. */
  setting: (organizationId: string, kind: SettingsKind, assetId: string): Key => ({
    pk: partitions.settings(organizationId),
    sk: settingsPrefix(kind) + assetId,
  }),
  /** Reserves an account of a cloud: an organization connects each once. */
  dataSourceAccount: (organizationId: string, type: string, accountId: string): Key => ({
    pk: `${organizationId}#data-source-accounts`,
    sk: sorted(type, accountId),
  }),
  /** Lists a service account; its record lies where a user's would. */
  serviceAccountEntry: (organizationId: string, serviceAccountId: string): Key => ({
    pk: partitions.serviceAccounts(organizationId),
    sk: serviceAccountId,
  }),

  invite: (organizationId: string, inviteId: string): Key => ({ pk: partitions.invites(organizationId), sk: inviteId }),
  /** How many invite mails an organization has asked for on a day. */
  quota: (organizationId: string, day: string): Key => ({ pk: `${organizationId}#quota`, sk: day }),
  /** How many invite mails went out on a day, and how many bounced. */
  mailDay: (organizationId: string, day: string): Key => ({ pk: partitions.mailDays(organizationId), sk: day }),
  /** An address that the organization sends no more mails to. */
  suppression: (organizationId: string, email: string): Key => ({
    pk: `${organizationId}#suppressed#${email}`,
    sk: 'suppression',
  }),
  notice: (organizationId: string, noticeId: string): Key => ({ pk: `${organizationId}#notices`, sk: noticeId }),
  auditEvent: (organizationId: string, eventId: string): Key => ({ pk: partitions.audit(organizationId), sk: eventId }),

  /** The answer that a repeated create gets again. `tenant`: an organization's partition, a person's, or the operators'. */
  answer: (tenant: string, request: string, part = 'answer'): Key => ({
    pk: `${tenant}#idempotency#${request}`,
    sk: part,
  }),

  /** Platform: which organizations a person belongs to. */
  personOrganization: (personId: string, organizationId: string): Key => ({
    pk: partitions.person(personId),
    sk: `organization#${organizationId}`,
  }),
  /** Platform: how many organizations a person created. */
  personLimits: (personId: string): Key => ({ pk: partitions.person(personId), sk: 'limits' }),
  /** Platform: who is making the account of an address. */
  accountClaim: (email: string): Key => ({ pk: partitions.account(email), sk: 'claim' }),
  /** Platform: how many invite mails an address got on a day, from all organizations. */
  recipientDay: (email: string, day: string): Key => ({ pk: partitions.recipient(email), sk: day }),
  /** Platform: how many requests came from a source address in a minute. */
  sourceMinute: (source: string, minute: string): Key => ({ pk: partitions.source(source), sk: minute }),
  /** Platform: the one worker that may drain the due index. */
  workLease: (): Key => ({ pk: partitions.work, sk: 'lease' }),
};

/** Partitions, by name, that are read as lists or are part of several keys. `schema.ts` says which of them lie in an index. */
export const partitions = {
  users: (organizationId: string) => `${organizationId}#users`,
  search: (organizationId: string) => `${organizationId}#search`,
  role: (organizationId: string, role: string) => `${organizationId}#role#${role}`,
  grants: (organizationId: string, poolId: string) => `${organizationId}#grants#${poolId}`,
  pools: (organizationId: string) => `${organizationId}#pools`,
  /** Policies, data sources and the like, which are read together when somebody's assets are counted. */
  settings: (organizationId: string) => `${organizationId}#settings`,
  serviceAccounts: (organizationId: string) => `${organizationId}#service-accounts`,
  /** Resources by the pool they were last put into. */
  resourcesIn: (organizationId: string, poolId: string) => `${organizationId}#resources-in#${poolId}`,
  /** All resources. */
  resources: (organizationId: string) => `${organizationId}#resources`,
  /** Resources by the user they were last assigned to. */
  held: (organizationId: string, holderId: string) => `${organizationId}#held#${holderId}`,
  invites: (organizationId: string) => `${organizationId}#invites`,
  /** Invites by status, newest last. */
  invitesByStatus: (organizationId: string, status: string) => `${organizationId}#invites#${status}`,
  /** Invites by address. */
  invitesByEmail: (organizationId: string) => `${organizationId}#invites`,
  /** Pending invites by who sent them. */
  invitesByInviter: (organizationId: string, userId: string) => `${organizationId}#invites-by#${userId}`,
  mailDays: (organizationId: string) => `${organizationId}#mail-days`,
  audit: (organizationId: string) => `${organizationId}#audit`,
  /** What somebody did. */
  auditByActor: (organizationId: string, userId: string) => `${organizationId}#audit#actor#${userId}`,
  /** What was done to something. */
  auditByTarget: (organizationId: string, targetId: string) => `${organizationId}#audit#target#${targetId}`,
  person: (personId: string) => `person#${personId}`,
  account: (email: string) => `account#${email}`,
  recipient: (email: string) => `recipient#${email}`,
  source: (source: string) => `source#${source}`,
  /** Pending invites of an address, in all organizations. */
  invited: (email: string) => `invited#${email}`,
  work: 'work',
  /** All work, by the time it is due. */
  due: 'due',
};

/** What the sort keys of one of the kinds that share the partition of settings begin with. */
export const settingsPrefix = (kind: SettingsKind): string => `${kind.replaceAll('_', '-')}\t`;

const sorted = (text: string, id: string): string => `${text}\t${id}`;

/** The id at the end of a list's sort key. */
export const idOfSortKey = (sk: string): string => sk.slice(sk.lastIndexOf('\t') + 1);

/** The organization whose partition a key lies in. */
export const organizationOfPartition = (pk: string): string => pk.split('#', 1)[0] ?? pk;

export const isAuditEvent = ({ pk }: Key): boolean => pk === partitions.audit(organizationOfPartition(pk));

type Indexes = typeof tableSchema.indexes;

/** The sort key of an index entry; none where the item's own key sorts it. */
type SortKey<I extends IndexName> = Indexes[I]['sk'] extends keyof Key ? [] : [sk: string];

/** Attributes that place an item in an index. */
export const indexEntry = <I extends IndexName>(index: I, pk: string, ...[sk]: SortKey<I>): Record<string, string> => {
  const attributes = tableSchema.indexes[index];
  return { [attributes.pk]: pk, ...(sk !== undefined && { [attributes.sk]: sk }) };
};

/** The attributes whose removal takes an item out of an index. The item's own key stays. */
export const indexAttributes = (index: IndexName): string[] => {
  const { pk, sk } = tableSchema.indexes[index];
  const ownKey = new Set<string>([tableSchema.pk, tableSchema.sk]);
  return [pk, sk].filter((attribute) => !ownKey.has(attribute));
};

/** Attributes that place an item among what a user was last assigned. */
export const held = (organizationId: string, holderId: string) =>
  indexEntry('held', partitions.held(organizationId, holderId));

/** Attributes that put an item in the due index: work to be done on it at `dueAt`. */
export const due = (dueAt: string) => indexEntry('due', partitions.due, dueAt);

/** Attributes that put an item in the due index and wake the worker at once. */
export const dueNow = (now: string) => ({ ...due(now), [tableSchema.wake]: now });

export const notDue = [...indexAttributes('due'), tableSchema.wake];
