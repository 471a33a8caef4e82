import { expect, test } from 'vitest';
import { eachItem, sendBulk, type BulkRequest } from '../../functions/console/app/parts/bulk.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** A bulk request whose responses the test controls. `held` lists the requests that were sent, in order. */
const heldRequest = (size: number) => {
  const held: { items: number[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const request: BulkRequest<number> = {
    size,
    send: (items) => {
      const { promise, resolve, reject } = Promise.withResolvers<[]>();
      held.push({ items, answer: () => resolve([]), fail: reject });
      return promise;
    },
  };
  return { held, request };
};

test('at most four requests are in flight, and each response makes room for the next', async () => {
  const { held, request } = heldRequest(1);
  const progress: number[] = [];
  const result = sendBulk(numbers(6), request, { onProgress: (count) => progress.push(count) });
  expect(held).toHaveLength(4);
  held[2]?.answer();
  await expect.poll(() => held.map(({ items }) => items)).toEqual([[1], [2], [3], [4], [5]]);
  expect(progress).toEqual([1]);
  for (const each of [0, 1, 3, 4]) held[each]?.answer();
  await expect.poll(() => held.length).toBe(6);
  held[5]?.answer();
  expect(await result).toEqual({ done: numbers(6), failures: [], unsent: [] });
  expect(progress).toEqual(numbers(6));
});

test('failed items are listed with their errors, in the given order, and do not affect other items', async () => {
  const even = new Error('even');
  const result = await sendBulk(
    numbers(9),
    eachItem(async (item) => {
      // The responses to the first items come last, so that they arrive in another order than the items.
      if (item < 4) await new Promise((resolve) => setImmediate(resolve));
      if (item % 2 === 0) throw even;
    }),
  );
  expect(result).toEqual({
    done: [1, 3, 5, 7, 9],
    failures: [2, 4, 6, 8].map((item) => ({ item, error: even })),
    unsent: [],
  });
});

test('a request contains at most `size` items, and if it fails as a whole, only its items fail', async () => {
  const { held, request } = heldRequest(2);
  const result = sendBulk(numbers(5), request);
  expect(held.map(({ items }) => items)).toEqual([[1, 2], [3, 4], [5]]);
  const error = new Error('no answer');
  held[1]?.fail(error);
  for (const each of [0, 2]) held[each]?.answer();
  expect(await result).toEqual({
    done: [1, 2, 5],
    failures: [
      { item: 3, error },
      { item: 4, error },
    ],
    unsent: [],
  });
});

test('when the work is stopped, requests in flight are completed and no more are sent', async () => {
  const { held, request } = heldRequest(1);
  const controller = new AbortController();
  const result = sendBulk(numbers(7), request, { signal: controller.signal });
  held[0]?.answer();
  await expect.poll(() => held.length).toBe(5);
  controller.abort();
  const error = new Error('refused');
  held[1]?.fail(error);
  for (const each of [2, 3, 4]) held[each]?.answer();
  expect(await result).toEqual({ done: [1, 3, 4, 5], failures: [{ item: 2, error }], unsent: [6, 7] });
  expect(held).toHaveLength(5);
});
