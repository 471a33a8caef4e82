/**
 * The version of the keys and contents of the rows and entries that lists are read from. A change that alters them increments
 * it, and the operators then bring the rows and entries of existing users to it: shared/operators/renew-entries.ts. Until then
 * lists take what they show of these users from their records.
 */
export const entryVersion = 4;

/**
 * The version of the lists of users by time: of active users by joining, and of removed users. Operators bring the users of an
 * organization into them with the rows and entries. Until an organization stores this version, these lists are refused.
 */
export const timeListVersion = 1;

/** An index: its key attributes, and the attributes that it projects in addition to its own keys and the table's. */
export interface IndexSchema {
  pk: string;
  sk: string;
  projected?: readonly string[];
}

export interface TableSchema {
  pk: string;
  sk: string;
  /** The attribute with an item's expiry in seconds since the epoch. DynamoDB deletes the item some time after it. */
  timeToLive: string;
  /** The attribute that makes the stream pass a change of an item on to the worker; the filter drops items without it. */
  wake: string;
  indexes: Record<string, IndexSchema>;
}

/**
 * The attributes that DynamoDB itself interprets, and the indexes. The adapter, the key builders, the deployed table and the IAM
 * roles derive from this. An index projects as little as possible, to save write costs: whole items are read from the table.
 */
export const tableSchema = {
  pk: 'pk',
  sk: 'sk',
  timeToLive: 'ttl',
  wake: 'wake',
  indexes: {
    gsi1: { pk: 'gsi1pk', sk: 'gsi1sk' },
    gsi2: { pk: 'gsi2pk', sk: 'gsi2sk' },
    gsi3: { pk: 'gsi3pk', sk: 'gsi3sk' },
    // The preview of a removal counts resources and their cost by pool from this index alone.
    held: { pk: 'heldPk', sk: 'pk', projected: ['poolId', 'monthlyCost'] },
    due: { pk: 'duePk', sk: 'dueAt' },
  },
} as const satisfies TableSchema;

export type IndexName = keyof typeof tableSchema.indexes;

/** The partitions of each index, by their names in keys.ts. The permissions to query an index are granted per partition. */
export const indexPartitions = {
  gsi1: [
    'resourcesIn',
    'invitesByStatus',
    'auditByActor',
    'invited',
    'usersByJoining',
    'usersByRemoval',
    'waitingNotices',
  ],
  gsi2: ['resources', 'invitesByEmail', 'auditByTarget'],
  gsi3: ['invitesByInviter', 'auditByTarget'],
  held: ['held'],
  due: ['due'],
} as const satisfies Record<IndexName, readonly string[]>;
