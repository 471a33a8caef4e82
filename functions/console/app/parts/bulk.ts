/** Requests under way at the same time: few, because a new AWS account runs ten functions at a time, for all of its users. */
const parallelRequests = 4;

/** An item that could not be changed, and why. */
export interface Failure<T> {
  item: T;
  error: unknown;
}

/** One kind of request that bulk work consists of. */
export interface BulkRequest<T> {
  /** The most items that one request takes. */
  size: number;
  /** Resolves to the items that were refused; rejects when the request as a whole failed. */
  send: (items: T[]) => Promise<Failure<T>[]>;
}

/** A request for each item: `eachItem((user) => callApi('removeUser', …))`. */
export const eachItem = <T>(send: (item: T) => Promise<unknown>): BulkRequest<T> => ({
  size: 1,
  send: async (items) => {
    for (const item of items) await send(item);
    return [];
  },
});

/** Every item is in one of the lists, in the order given. */
export interface BulkResult<T> {
  done: T[];
  failures: Failure<T>[];
  /** Items that no request was sent for, because the work was stopped before. */
  unsent: T[];
}

interface BulkOptions {
  /** Stops the work: requests under way are seen to their end, no more are sent. */
  signal?: AbortSignal;
  /** Called with the number of items that have an answer. */
  onProgress?: (count: number) => void;
}

/** Sends a request for each batch of items, a few at the same time. Never rejects: a failed request fails its items only. */
export const sendBulk = async <T>(
  items: readonly T[],
  { size, send }: BulkRequest<T>,
  { signal, onProgress }: BulkOptions = {},
): Promise<BulkResult<T>> => {
  const batches = batchesOf(items, size);
  const answered = new Set<T>();
  const errors = new Map<T, unknown>();
  const sendNext = async (): Promise<void> => {
    const batch = signal?.aborted ? undefined : batches.shift();
    if (!batch) return;
    const refused = await send(batch).catch((error: unknown) => batch.map((item) => ({ item, error })));
    for (const { item, error } of refused) errors.set(item, error);
    for (const item of batch) answered.add(item);
    onProgress?.(answered.size);
    return sendNext();
  };
  await Promise.all(Array.from({ length: parallelRequests }, sendNext));
  return {
    done: items.filter((item) => answered.has(item) && !errors.has(item)),
    failures: items.filter((item) => errors.has(item)).map((item) => ({ item, error: errors.get(item) })),
    unsent: items.filter((item) => !answered.has(item)),
  };
};

const batchesOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
