/** An index: the attributes that are its keys, and what it projects in addition to them and to the table's keys. */
export interface IndexSchema {
  pk: string;
  sk: string;
  projected?: readonly string[];
}

export interface TableSchema {
  pk: string;
  sk: string;
  /** DynamoDB deletes an item some time after the instant in this attribute. Seconds since the epoch. */
  timeToLive: string;
  /** The stream passes an item on to the worker only while the item has this attribute. */
  wake: string;
  indexes: Record<string, IndexSchema>;
}

/**
 * The attributes of the table that DynamoDB itself reads, and its indexes. The adapter, the key builders, the deployed table
 * and the roles derive from this. An index projects as little as possible: whole items are then read from the table.
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
    // A hand-over counts resources from the index alone.
    held: { pk: 'heldPk', sk: 'pk', projected: ['poolId', 'monthlyCost'] },
    due: { pk: 'duePk', sk: 'dueAt' },
  },
} as const satisfies TableSchema;

export type IndexName = keyof typeof tableSchema.indexes;

/** The partitions of each index, by their names in keys.ts. Permissions are granted by them. */
export const indexPartitions = {
  gsi1: ['resourcesIn', 'invitesByStatus', 'auditByActor', 'invited'],
  gsi2: ['resources', 'invitesByEmail', 'auditByTarget'],
  gsi3: ['invitesByInviter', 'auditByTarget'],
  held: ['held'],
  due: ['due'],
} as const satisfies Record<IndexName, readonly string[]>;
