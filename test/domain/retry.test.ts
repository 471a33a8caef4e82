import { describe, expect, test } from 'vitest';
import type { Failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { retryStale } from '../../shared/retry.ts';
import { StaleRead } from '../../shared/stale-read.ts';

/** Waiting returns immediately. */
const clock = { wait: async () => undefined };

type Answer = Result<string, Failure | 'retry'>;

const again: Answer = err('retry');
const nineTimes: [Answer, ...Answer[]] = [again, again, again, again, again, again, again, again, again];
const failure: Answer = err({ code: 'stale_version' });

/** An attempt that returns these results one after another, and the last one forever. `made` lists the results so far. */
const attempts = (...answers: [Answer, ...Answer[]]) => {
  const made: Answer[] = [];
  const attempt = async (): Promise<Answer> => {
    const answer = answers[Math.min(made.length + 1, answers.length) - 1] ?? again;
    made.push(answer);
    return answer;
  };
  return { made, attempt };
};

const tooMany = {
  ok: false,
  error: { code: 'conflict', detail: 'Too many changes at once. Try again.', retryAfter: 1 },
};

describe('an operation that starts over', () => {
  test.each<{ promise: string; answers: [Answer, ...Answer[]]; result: unknown; tries: number }>([
    { promise: 'runs once when it succeeds', answers: [ok('done')], result: ok('done'), tries: 1 },
    { promise: 'runs once when it fails', answers: [failure], result: failure, tries: 1 },
    { promise: 'runs again when what it read had changed', answers: [again, ok('done')], result: ok('done'), tries: 2 },
    { promise: 'stops at the failure of a later attempt', answers: [again, again, failure], result: failure, tries: 3 },
    {
      promise: 'may succeed at its tenth attempt',
      answers: [...nineTimes, ok('done')],
      result: ok('done'),
      tries: 10,
    },
    {
      promise: 'gives up after ten attempts, and returns when to try again',
      answers: [again],
      result: tooMany,
      tries: 10,
    },
    {
      promise: 'makes no eleventh attempt',
      answers: [...nineTimes, again, ok('done')],
      result: tooMany,
      tries: 10,
    },
  ])('$promise', async ({ answers, result, tries }) => {
    const { made, attempt } = attempts(...answers);
    expect(await retryStale(clock, attempt)).toEqual(result);
    expect(made).toHaveLength(tries);
  });

  test('runs again after a stale read, and passes on any other fault', async () => {
    let attempt = 0;
    const torn = async (): Promise<Answer> => {
      attempt += 1;
      if (attempt === 1) throw new StaleRead('torn');
      return ok('done');
    };
    expect(await retryStale(clock, torn)).toEqual(ok('done'));
    await expect(retryStale(clock, () => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
  });

  test('waits for one attempt before it makes the next', async () => {
    let running = 0;
    const result = await retryStale(clock, async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      return again;
    });
    expect(result).toEqual(tooMany);
  });

  test('passes a fault on, without another attempt', async () => {
    let tries = 0;
    const faulty = retryStale<string>(clock, async () => {
      tries += 1;
      throw new Error('Broken');
    });
    await expect(faulty).rejects.toThrow('Broken');
    expect(tries).toBe(1);
  });
});
