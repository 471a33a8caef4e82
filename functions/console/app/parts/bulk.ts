/** The number of parallel requests. It is low because a new AWS account runs only ten functions at a time for all users. */
const parallelRequests = 4;

/** An item that could not be changed, and why. */
export interface Failure<T> {
  item: T;
  error: unknown;
}

/** The request that bulk work sends for each batch of items. */
export interface BulkRequest<T> {
  /** The maximum number of items in a request. */
  size: number;
  /** If true, requests are sent one after the other, because they write the same database item or their order matters. */
  inOrder?: true;
  /** Resolves to the items that were refused. Rejects if the request failed as a whole. */
  send: (items: T[]) => Promise<Failure<T>[]>;
}

/** Sends one request per item: `eachItem((resource) => callApi('deleteResource', …))`. */
export const eachItem = <T>(
  send: (item: T) => Promise<unknown>,
  options: Pick<BulkRequest<T>, 'inOrder'> = {},
): BulkRequest<T> => ({
  ...options,
  size: 1,
  send: async (items) => {
    for (const item of items) await send(item);
    return [];
  },
});

/** Every item is in exactly one of the lists. The lists keep the order of the items. */
export interface BulkResult<T> {
  done: T[];
  failures: Failure<T>[];
  /** Items for which no request was sent, because the work was stopped first. */
  unsent: T[];
}

interface BulkOptions {
  /** Stops the work: requests in progress are completed, but no more are sent. */
  signal?: AbortSignal;
  /** Called with the number of items for which there is a response. */
  onProgress?: (count: number) => void;
}

/**
 * Sends a request for each batch of items, a few in parallel unless `inOrder` is set. Never rejects: only the items of a failed
 * request fail.
 */
export const sendBulk = async <T>(
  items: readonly T[],
  { size, inOrder, send }: BulkRequest<T>,
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
  await Promise.all(Array.from({ length: inOrder ? 1 : parallelRequests }, sendNext));
  return {
    done: items.filter((item) => answered.has(item) && !errors.has(item)),
    failures: items.filter((item) => errors.has(item)).map((item) => ({ item, error: errors.get(item) })),
    unsent: items.filter((item) => !answered.has(item)),
  };
};

const batchesOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
