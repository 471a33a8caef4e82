import { describe, expect, test } from 'vitest';
import { findParts } from '../../shared/api/parts.ts';
import { longestPart } from '../../shared/resources/ingestion.ts';
import { fail, ok } from '../../shared/result.ts';

const items = Array.from({ length: 10 }, (_, index) => index);

/** Divides ten items into parts of up to four, of which some are remembered with these lengths, by name. */
const partsWith = async (remembered: Record<string, number>) => {
  const reads: (string | undefined)[][] = [];
  let reading: (string | undefined)[] = [];
  const found = await findParts(items, { name: 'items', lengthOf: () => 4 }, async ({ name }) => {
    if (reading.length === 0) reads.push(reading);
    reading.push(name);
    await Promise.resolve();
    reading = [];
    const length = remembered[name ?? 'first'];
    return ok(length === undefined ? undefined : Array<string>(length).fill('done'));
  });
  const parts = found.ok ? found.value : expect.unreachable('refused');
  return {
    reads: reads.length,
    parts: parts.map((part) => [part.name ?? 'first', part.items.length, part.remembered ? 'remembered' : 'open']),
    items: parts.flatMap((part) => part.items),
  };
};

describe('a request is divided into parts', () => {
  test('that are named by where they begin, and found in one read', async () => {
    expect(await partsWith({})).toEqual({
      reads: 1,
      parts: [
        ['first', 4, 'open'],
        ['items-4', 4, 'open'],
        ['items-8', 2, 'open'],
      ],
      items,
    });
  });

  test('of which any may be remembered, whatever the order in which they were written', async () => {
    const { reads, parts } = await partsWith({ 'items-4': 4 });
    expect(reads).toBe(1);
    expect(parts).toEqual([
      ['first', 4, 'open'],
      ['items-4', 4, 'remembered'],
      ['items-8', 2, 'open'],
    ]);
  });

  test.each<{ what: string; remembered: Record<string, number>; parts: [string, number, string][] }>([
    {
      what: 'all halved',
      remembered: { first: 2, 'items-2': 2, 'items-4': 2, 'items-6': 2, 'items-8': 2 },
      parts: [
        ['first', 2, 'remembered'],
        ['items-2', 2, 'remembered'],
        ['items-4', 2, 'remembered'],
        ['items-6', 2, 'remembered'],
        ['items-8', 2, 'remembered'],
      ],
    },
    {
      what: 'one halved, after which the request died',
      remembered: { first: 4, 'items-4': 2 },
      parts: [
        ['first', 4, 'remembered'],
        ['items-4', 2, 'remembered'],
        ['items-6', 4, 'open'],
      ],
    },
    {
      what: 'one larger than a part is now',
      remembered: { first: 5, 'items-5': 5 },
      parts: [
        ['first', 5, 'remembered'],
        ['items-5', 5, 'remembered'],
      ],
    },
  ])('as an earlier version divided it, if that is remembered: $what', async ({ remembered, parts }) => {
    const found = await partsWith(remembered);
    expect(found.parts).toEqual(parts);
    expect(found.items).toEqual(items);
  });

  test('unless one of them is remembered with another body', async () => {
    const find = async ({ start }: { start: number }) => (start === 4 ? fail('idempotency_key_reused') : ok(undefined));
    expect(await findParts(items, { name: 'items', lengthOf: () => 4 }, find)).toEqual(fail('idempotency_key_reused'));
  });
});

describe('the longest part of a list of resources', () => {
  const item = (given: object) => ({ name: 'Server', type: 'vm', poolId: 'pool_1', tags: {}, ...given });
  const hundred = (each: (index: number) => object) => Array.from({ length: 100 }, (_, index) => item(each(index)));

  test.each<[string, (index: number) => object, number]>([
    ['one pool', () => ({}), 50],
    ['40 owners', (index) => ({ ownerId: `usr_${index % 40}` }), 50],
    ['an owner each', (index) => ({ ownerId: `usr_${index}` }), 47],
    ['a pool each', (index) => ({ poolId: `pool_${index}` }), 47],
    ['an owner and a data source each', (index) => ({ ownerId: `usr_${index}`, dataSourceId: `src_${index}` }), 31],
  ])('that name %s', (_, each, length) => {
    expect(longestPart(hundred(each))).toBe(length);
  });
});
