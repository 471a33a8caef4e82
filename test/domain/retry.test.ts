import { describe, expect, test } from 'vitest';
import type { Failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { startOver } from '../../shared/retry.ts';

type Answer = Result<string, Failure | 'again'>;

const again: Answer = err('again');
const failure: Answer = err({ code: 'stale_version' });

/** Gives these answers one after another, the last one for ever, and writes down what each attempt was told. */
const attempts = (...answers: [Answer, ...Answer[]]) => {
  const told: boolean[] = [];
  const attempt = async (stale: boolean): Promise<Answer> => {
    told.push(stale);
    return answers[Math.min(told.length, answers.length) - 1] ?? again;
  };
  return { told, attempt };
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
    { promise: 'stops at a failure that it meets later', answers: [again, again, failure], result: failure, tries: 3 },
    {
      promise: 'may succeed at its fifth attempt',
      answers: [again, again, again, again, ok('done')],
      result: ok('done'),
      tries: 5,
    },
    {
      promise: 'gives up after five attempts, and says when to try again',
      answers: [again],
      result: tooMany,
      tries: 5,
    },
    {
      promise: 'makes no sixth attempt',
      answers: [again, again, again, again, again, ok('done')],
      result: tooMany,
      tries: 5,
    },
  ])('$promise', async ({ answers, result, tries }) => {
    const { told, attempt } = attempts(...answers);
    expect(await startOver(attempt)).toEqual(result);
    expect(told).toHaveLength(tries);
  });

  test('is told from its second attempt on that what the request brought along is old', async () => {
    const { told, attempt } = attempts(again, again, ok('done'));
    await startOver(attempt);
    expect(told).toEqual([false, true, true]);
  });

  test('waits for one attempt before it makes the next', async () => {
    let running = 0;
    const result = await startOver(async () => {
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
    const faulty = startOver<string>(async () => {
      tries += 1;
      throw new Error('Broken');
    });
    await expect(faulty).rejects.toThrow('Broken');
    expect(tries).toBe(1);
  });
});
