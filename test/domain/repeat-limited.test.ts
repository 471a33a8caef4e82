import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../functions/console/app/data/problem-error.ts';
import { repeatLimited } from '../../functions/console/app/data/repeat-limited.ts';
import { sendBulk, eachItem } from '../../functions/console/app/parts/bulk.ts';

const refusalWith = (code: string, retryAfter?: number) =>
  new ProblemError({ type: 'about:blank', title: code, status: 429, code, requestId: '' }, retryAfter);
const limited = refusalWith('too_many_requests', 2);

/** A call that is refused a number of times with `error`, and how long the console waited before each repetition. */
const refused = (times: number, error: Error) => {
  const waits: number[] = [];
  let calls = 0;
  const send = async (): Promise<string> => {
    calls += 1;
    if (calls <= times) throw error;
    return 'done';
  };
  return { call: () => repeatLimited(send, async (duration) => void waits.push(duration)), waits };
};

describe('the console', () => {
  test('repeats a call that exceeds the share of the person, no sooner than the API states', async () => {
    const { call, waits } = refused(3, limited);
    expect(await call()).toBe('done');
    expect(waits).toHaveLength(3);
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(2_000);
  });

  test('shows the refusal of a call that was repeated five times', async () => {
    const { call, waits } = refused(100, limited);
    await expect(call()).rejects.toBe(limited);
    expect(waits).toHaveLength(5);
  });

  test.each([
    ['with another reason', refusalWith('quota_exceeded', 2)],
    ['for longer than a person waits', refusalWith('too_many_requests', 60)],
    ['without a time', refusalWith('too_many_requests')],
    ['by an error of the network', new Error('offline')],
  ])('does not repeat a call that is refused %s', async (_, error) => {
    const { call, waits } = refused(1, error);
    await expect(call()).rejects.toBe(error);
    expect(waits).toEqual([]);
  });

  test('continues bulk work of which calls are refused', async () => {
    const items = Array.from({ length: 20 }, (_, index) => index);
    let calls = 0;
    const send = async () => {
      calls += 1;
      if (calls % 3 === 0) throw limited;
    };
    const work = eachItem<number>(() => repeatLimited(send, async () => undefined));
    expect(await sendBulk(items, work)).toEqual({ done: items, failures: [], unsent: [] });
  });
});
