import { byKind, manyOf, settingsKindNames } from '../shared/asset-kinds.ts';
import type { indexPartitions } from '../shared/table/schema.ts';
import type { FunctionName } from './constructs/bundle.ts';
import type { tablePartitions } from './partition-patterns.ts';

type Indexes = typeof indexPartitions;

export type TableAction =
  'GetItem' | 'BatchGetItem' | 'Query' | 'ConditionCheckItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** The permissions of a function. IAM has no action for transactions: it checks each operation in a transaction on its own. */
export interface Permissions {
  /** The actions on the table, and the partitions that each is allowed in. */
  table?: { [A in TableAction]?: (keyof typeof tablePartitions)[] };
  /** The indexes that it queries, and their partitions. */
  indexes?: { [I in keyof Indexes]?: Indexes[I][number][] };
  userPool?: (
    | 'AdminCreateUser'
    | 'AdminGetUser'
    | 'AdminSetUserPassword'
    | 'AdminUpdateUserAttributes'
    | 'AdminUserGlobalSignOut'
    | 'DescribeUserPoolClient'
  )[];
  mail?: ('SendEmail' | 'GetAccount')[];
}

/** The permissions of the function for a kind of asset that is stored in the settings partition. `beyond` adds to them for one kind. */
const onSettings = (beyond: NonNullable<Permissions['table']> = {}): Permissions => {
  const common: NonNullable<Permissions['table']> = {
    BatchGetItem: ['answer', 'membership', 'organization', 'settings', 'user'],
    Query: ['settings'],
    ConditionCheckItem: ['membership', 'user'],
    PutItem: ['answer', 'audit', 'auditLabels', 'settings'],
    UpdateItem: ['bucket', 'membership', 'settings', 'user', 'users'],
    DeleteItem: ['settings'],
  };
  const actions = Object.keys(common) as TableAction[];
  return {
    table: Object.fromEntries(
      actions.map((action) => [action, [...(common[action] ?? []), ...(beyond[action] ?? [])]]),
    ),
  };
};

/**
 * The permissions of every function, which has no others. The local stack refuses calls that are not listed here, and the test
 * suite fails if a permission is never used.
 */
export const permissions: Record<FunctionName, Permissions> = {
  me: {
    table: {
      GetItem: ['person', 'user'],
      BatchGetItem: ['address', 'invites', 'organization', 'user'],
      Query: ['person', 'pools'],
      ConditionCheckItem: ['membership', 'organization', 'user'],
      PutItem: ['audit', 'auditLabels', 'grants', 'membership', 'person', 'role', 'search', 'user', 'users'],
      UpdateItem: ['address', 'bucket', 'invites', 'membership', 'organization', 'person', 'pools', 'user', 'users'],
      DeleteItem: ['address', 'grants', 'role', 'search', 'users'],
    },
    indexes: { gsi1: ['invited'] },
    userPool: ['AdminGetUser', 'AdminUpdateUserAttributes'],
  },
  organizations: {
    table: {
      GetItem: ['answer'],
      BatchGetItem: [
        'audit',
        'auditLabels',
        'invites',
        'membership',
        'organization',
        'resource',
        'settings',
        'totals',
        'user',
      ],
      Query: ['audit', 'auditLabels', 'person', 'pools'],
      ConditionCheckItem: ['membership'],
      PutItem: [
        'address',
        'answer',
        'audit',
        'auditLabels',
        'membership',
        'organization',
        'person',
        'poolNames',
        'pools',
        'role',
        'search',
        'user',
        'users',
      ],
      UpdateItem: ['bucket', 'membership', 'organization', 'person', 'pools', 'user', 'users'],
      DeleteItem: ['poolNames'],
    },
    indexes: { gsi1: ['auditByActor'], gsi2: ['auditByTarget'], gsi3: ['auditByTarget'] },
    userPool: ['AdminGetUser'],
  },
  users: {
    table: {
      BatchGetItem: ['address', 'invites', 'membership', 'organization', 'user'],
      Query: ['grants', 'pools', 'role', 'search', 'serviceAccounts', 'settings', 'users'],
      ConditionCheckItem: ['membership', 'organization', 'user'],
      PutItem: [
        'address',
        'audit',
        'auditLabels',
        'grants',
        'membership',
        'notices',
        'person',
        'role',
        'search',
        'users',
      ],
      UpdateItem: ['bucket', 'invites', 'membership', 'organization', 'user', 'users'],
      DeleteItem: ['address', 'grants', 'membership', 'person', 'role', 'search', 'users'],
    },
    indexes: { gsi1: ['usersByJoining', 'usersByRemoval'], gsi3: ['invitesByInviter'], held: ['held'] },
    userPool: ['AdminGetUser'],
  },
  permissions: {
    table: {
      BatchGetItem: ['membership', 'organization', 'resource', 'user'],
      Query: ['pools'],
      UpdateItem: ['bucket', 'membership', 'user', 'users'],
    },
  },
  serviceAccounts: {
    table: {
      BatchGetItem: ['answer', 'membership', 'organization', 'user'],
      Query: ['pools', 'serviceAccounts'],
      ConditionCheckItem: ['membership', 'organization'],
      PutItem: ['answer', 'audit', 'auditLabels', 'membership', 'person', 'serviceAccounts', 'user'],
      UpdateItem: ['bucket', 'membership', 'user', 'users'],
      DeleteItem: ['membership', 'person', 'serviceAccounts'],
    },
    userPool: ['DescribeUserPoolClient'],
  },
  pools: {
    table: {
      BatchGetItem: ['answer', 'membership', 'organization', 'user'],
      Query: ['grants', 'pools', 'role'],
      ConditionCheckItem: ['membership', 'user'],
      PutItem: ['answer', 'audit', 'auditLabels', 'poolNames', 'pools'],
      UpdateItem: ['bucket', 'deletedPools', 'membership', 'organization', 'pools', 'user', 'users'],
      DeleteItem: ['poolNames', 'pools'],
    },
  },
  resources: {
    table: {
      BatchGetItem: ['answer', 'membership', 'organization', 'resource', 'settings', 'user'],
      Query: ['pools'],
      ConditionCheckItem: ['membership', 'organization', 'settings', 'user'],
      PutItem: ['answer', 'audit', 'auditLabels', 'resource'],
      UpdateItem: ['bucket', 'membership', 'organization', 'resource', 'user', 'users'],
      DeleteItem: ['resource'],
    },
    indexes: { gsi1: ['resourcesIn'], gsi2: ['resources'], held: ['held'] },
  },
  ...byKind(settingsKindNames, (kind) => [manyOf(kind), onSettings()]),
  policies: onSettings({
    Query: ['pools'],
    ConditionCheckItem: ['organization', 'settings'],
    UpdateItem: ['organization'],
  }),
  dataSources: onSettings({ PutItem: ['dataSourceAccounts'], DeleteItem: ['dataSourceAccounts'] }),
  invites: {
    table: {
      BatchGetItem: [
        'address',
        'answer',
        'invites',
        'membership',
        'organization',
        'person',
        'quota',
        'suppression',
        'user',
      ],
      Query: ['invites', 'pools'],
      ConditionCheckItem: ['membership', 'organization', 'suppression', 'user'],
      PutItem: ['answer', 'audit', 'auditLabels', 'invites'],
      UpdateItem: ['address', 'bucket', 'invites', 'membership', 'person', 'quota', 'user', 'users'],
      DeleteItem: ['address'],
    },
    indexes: { gsi1: ['invitesByStatus'], gsi2: ['invitesByEmail'] },
  },
  // This function responds without calling any other service.
  platform: {},
  accept: {
    table: {
      GetItem: ['account'],
      BatchGetItem: ['address', 'invites', 'organization', 'user'],
      Query: ['pools', 'role'],
      ConditionCheckItem: ['address', 'membership', 'organization', 'user'],
      PutItem: ['audit', 'auditLabels', 'grants', 'membership', 'notices', 'person', 'role', 'search', 'user', 'users'],
      UpdateItem: ['account', 'address', 'invites', 'organization', 'pools', 'source'],
      DeleteItem: ['address'],
    },
    userPool: ['AdminCreateUser', 'AdminGetUser', 'AdminSetUserPassword'],
  },
  // Whether the account that signs in has a second factor. Its policy is in the stack of the data.
  tokenClaims: { userPool: ['AdminGetUser'] },
  // This function only reads its own files.
  console: {},
  work: {
    table: {
      GetItem: ['membership', 'notices', 'organization', 'person', 'totals', 'user'],
      BatchGetItem: ['address', 'deletedPools', 'invites', 'notices', 'organization', 'user'],
      Query: ['mailDays', 'person', 'pools', 'role', 'users'],
      ConditionCheckItem: ['address', 'organization', 'suppression', 'user'],
      PutItem: ['address', 'audit', 'auditLabels', 'notices', 'search', 'work'],
      UpdateItem: [
        'deletedPools',
        'invites',
        'mailDays',
        'mailed',
        'membership',
        'notices',
        'organization',
        'person',
        'recipient',
        'totals',
        'user',
        'users',
      ],
      DeleteItem: ['address', 'grants', 'role', 'search', 'users', 'work'],
    },
    indexes: {
      due: ['due'],
      gsi1: ['invitesByStatus', 'usersByRemoval', 'waitingNotices'],
      gsi2: ['invitesByEmail'],
      gsi3: ['invitesByInviter'],
    },
    userPool: ['AdminGetUser', 'AdminUserGlobalSignOut'],
    mail: ['SendEmail', 'GetAccount'],
  },
  recordDelivery: {
    table: {
      GetItem: ['address', 'invites'],
      PutItem: ['audit', 'auditLabels', 'suppression'],
      UpdateItem: ['invites', 'mailDays', 'quota'],
    },
  },
  canary: {
    table: {
      BatchGetItem: ['address', 'membership', 'organization'],
      PutItem: [
        'address',
        'audit',
        'auditLabels',
        'invites',
        'membership',
        'organization',
        'person',
        'poolNames',
        'pools',
        'role',
        'search',
        'serviceAccounts',
        'user',
        'users',
      ],
      UpdateItem: ['address'],
    },
    userPool: ['DescribeUserPoolClient'],
  },
  operate: {
    table: {
      GetItem: ['address', 'answer', 'invites', 'organization'],
      BatchGetItem: ['address', 'organization', 'user'],
      Query: ['mailDays', 'pools', 'users'],
      ConditionCheckItem: ['suppression', 'user'],
      PutItem: [
        'answer',
        'audit',
        'auditLabels',
        'grants',
        'invites',
        'organization',
        'poolNames',
        'pools',
        'role',
        'search',
        'users',
      ],
      UpdateItem: ['address', 'invites', 'organization', 'quota', 'user'],
      DeleteItem: ['grants', 'mailDays', 'role', 'search', 'suppression', 'users'],
    },
  },
};
