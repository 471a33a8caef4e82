import type { IndexName } from './schema.ts';
import type { Item, Key, Write } from './write.ts';

export interface Query {
  index?: IndexName;
  pk: string;
  /** Limits the query to sort keys with this prefix. */
  prefix?: string;
  /** Limits the query to sort keys up to and including this one. */
  through?: string;
  /** Limits the query to sort keys after this one, in its direction. Usually the last sort key of the previous page. */
  after?: string;
  descending?: boolean;
  limit: number;
}

export interface QueryPage {
  /** Whole items from the table, or the projected attributes from an index. */
  items: Item[];
  /** The sort key of the last item, if there may be more items. */
  next?: string;
}

/** The failure of a guard that did not hold, and the item as the guard found it. */
export interface Lost<F> {
  failure: F;
  old?: Item;
}

export type TransactResult<F> = { ok: true } | { ok: false; error: F; lost: Lost<F>[] };

/**
 * Replaces the pause before a transaction is attempted again: calls `pause` and may do more, such as let others go first. It
 * must call `pause`, because the conflict can be with a transaction of another request.
 */
export type Pausing = (pause: () => Promise<void>) => Promise<void>;

/**
 * The table, limited to the keys of certain tenants or platform partitions: any other key throws.
 * Reads of the table are strongly consistent. Reads of an index are eventually consistent.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Like `batchGet`, but one promise per item: keys that DynamoDB leaves unprocessed do not delay the others. */
  getEach(keys: readonly Key[]): Promise<Item | undefined>[];
  /** Returns items in the order of the keys, `undefined` for a key without an item. One request per 100 distinct keys. */
  batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]>;
  query(query: Query): Promise<QueryPage>;
  /** Counts the items of a query without reading their attributes: those of one page of DynamoDB, 1 MB, at the units of reading them. */
  count(query: Omit<Query, 'limit'>): Promise<{ count: number; next?: string }>;
  /**
   * Writes all items or none, at most 100. If guards do not hold, that is a result: `error` is the failure of the first, `lost`
   * lists all. Conflicts with other transactions and throttling are retried a few times, then `Unavailable` is thrown.
   */
  transact<F>(writes: Write<F>[], pausing?: Pausing): Promise<TransactResult<F>>;
  /**
   * Updates one item outside a transaction, at half the units. The SDK may repeat the request, so the changes must have the same
   * effect when they are made twice: no `append`, and `add` only to a count that may be too high.
   */
  update<F>(write: Write<F> & { effect: { kind: 'update' } }): Promise<TransactResult<F>>;
}
