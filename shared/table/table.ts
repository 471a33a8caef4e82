import type { IndexName } from './schema.ts';
import type { Item, Key, Write } from './write.ts';

export interface Query {
  index?: IndexName;
  pk: string;
  /** Only sort keys that begin with this. */
  prefix?: string;
  /** Only sort keys up to and including this. */
  through?: string;
  /** Only sort keys beyond this one, in the direction of the query: where the page before ended. */
  after?: string;
  descending?: boolean;
  limit: number;
}

export interface QueryPage {
  /** Whole items from the table; from an index, what it projects. */
  items: Item[];
  /** Sort key of the last item, when there may be more. */
  next?: string;
}

/** A guard that did not hold, and the item that it met. */
export interface Lost<F> {
  failure: F;
  old?: Item;
}

export type TransactResult<F> = { ok: true } | { ok: false; error: F; lost: Lost<F>[] };

/**
 * The table as one tenant, or one platform partition, may see it: a key outside throws.
 * Reads of the table are strongly consistent; reads of an index lag.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** As `batchGet`, each item as soon as it is known: keys that DynamoDB leaves unprocessed delay only themselves. */
  getEach(keys: readonly Key[]): Promise<Item | undefined>[];
  /** In the order of the keys, `undefined` where there is nothing. One request per 100 distinct keys. */
  batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]>;
  query(query: Query): Promise<QueryPage>;
  /**
   * All or nothing, at most 100 items. A guard that does not hold is a result: `error` is the first one's failure, `lost` has all.
   * Conflicts with other transactions and throttles are tried again; then `Unavailable` is thrown.
   */
  transact<F>(writes: Write<F>[]): Promise<TransactResult<F>>;
}
