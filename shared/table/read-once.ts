import type { Query, QueryPage, Table } from './table.ts';
import { keyId, type Item, type Key } from './write.ts';

export interface ReadOnceTable extends Table {
  /** Starts the reads without waiting for them. A later read of the same key or query gets the same result. */
  prefetch(keys: readonly Key[], queries?: readonly Query[]): void;
}

/**
 * The table as one attempt of an operation sees it. It reads each item once until the next write, and reads keys that are
 * requested at the same time in one request. The items are no snapshot: an operation that decides on two items must make its
 * write conditional on both.
 */
export const readOnce = (table: Table): ReadOnceTable => {
  const items = new Map<string, Promise<Item | undefined>>();
  const pages = new Map<string, Promise<QueryPage>>();
  let queue: PendingRead[] = [];

  const flush = (): void => {
    const reads = queue;
    queue = [];
    try {
      const answers = table.getEach(reads.map(({ key }) => key));
      reads.forEach(({ resolve }, index) => resolve(answers[index]));
    } catch (error) {
      // The table throws synchronously for a key of another tenant.
      for (const { reject } of reads) reject(error);
    }
  };

  const read = (key: Key): Promise<Item | undefined> => {
    const known = items.get(keyId(key));
    if (known) return known;
    if (queue.length === 0) queueMicrotask(flush);
    const pending = Promise.withResolvers<Item | undefined>();
    queue.push({ key, ...pending });
    return keep(items, keyId(key), pending.promise);
  };

  return {
    prefetch(keys, queries = []) {
      for (const key of keys) void read(key);
      for (const query of queries) void keep(pages, JSON.stringify(query), table.query(query));
    },
    get: read,
    getEach: (keys) => keys.map(read),
    batchGet: (keys) => Promise.all(keys.map(read)),
    query: (query) => pages.get(JSON.stringify(query)) ?? table.query(query),
    count: (query) => table.count(query),
    transact(writes, pausing) {
      items.clear();
      pages.clear();
      return table.transact(writes, pausing);
    },
    update(write) {
      items.clear();
      pages.clear();
      return table.update(write);
    },
  };
};

interface PendingRead extends PromiseWithResolvers<Item | undefined> {
  key: Key;
}

const keep = <T>(answers: Map<string, Promise<T>>, id: string, answer: Promise<T>): Promise<T> => {
  answers.set(id, answer);
  // Avoids an unhandled rejection: if the request is refused early, nothing awaits this promise.
  answer.catch(() => undefined);
  return answer;
};
