import { describe, expect, test } from 'vitest';
import { inParallel, valuesOf } from '../../shared/api/in-parallel.ts';
import { transactionAttemptsMax } from '../../shared/limits.ts';
import { fail, ok } from '../../shared/result.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('tasks that conflict whenever they run at the same time', () => {
  /** Counts the attempts of 34 tasks, as many as 1,000 addresses have parts. */
  const attemptsAt = async (width: number): Promise<{ attempts: number; mostOfOne: number }> => {
    let attempts = 0;
    let mostOfOne = 0;
    let busy = false;
    await inParallel(numbers(34), width, async (task, pausing) => {
      for (let attempt = 1; attempt <= transactionAttemptsMax; attempt += 1) {
        attempts += 1;
        mostOfOne = Math.max(mostOfOne, attempt);
        if (!busy) break;
        await pausing(async () => undefined);
      }
      busy = true;
      await turn();
      busy = false;
      return ok(task);
    });
    return { attempts, mostOfOne };
  };

  test.each([
    { width: 1, attempts: 34, mostOfOne: 1 },
    { width: 2, attempts: 35, mostOfOne: 2 },
    { width: 4, attempts: 37, mostOfOne: 2 },
    { width: 8, attempts: 41, mostOfOne: 2 },
    { width: 16, attempts: 49, mostOfOne: 2 },
  ])('take $attempts attempts at a width of $width', async ({ width, ...expected }) => {
    expect(await attemptsAt(width)).toEqual(expected);
  });
});

test('tasks that do not conflict run as many at once as the width allows, and their values have the order of the tasks', async () => {
  let running = 0;
  let most = 0;
  const ends = await inParallel(numbers(10), 4, async (task) => {
    running += 1;
    most = Math.max(most, running);
    for (let count = 0; count < 10 - task; count += 1) await turn();
    running -= 1;
    return ok(task);
  });
  expect(most).toBe(4);
  expect(valuesOf(ends)).toEqual(ok(numbers(10)));
});

describe('after a task that fails', () => {
  const run = (how: () => ReturnType<typeof fail>) =>
    inParallel(numbers(6), 2, async (task) => {
      await turn();
      return task === 1 ? how() : ok(task);
    });

  test('those that have begun end, no other begins, and its failure is the result', async () => {
    const ends = await run(() => fail('forbidden'));
    expect(ends.map(({ kind }) => kind)).toEqual(['done', 'refused', 'done', 'not begun', 'not begun', 'not begun']);
    expect(valuesOf(ends)).toEqual(fail('forbidden'));
  });

  test('what it threw is thrown again, after the others have ended', async () => {
    const ends = await run(() => {
      throw new Error('The table is down');
    });
    expect(ends.map(({ kind }) => kind)).toContain('unknown');
    expect(() => valuesOf(ends)).toThrow('The table is down');
  });
});
