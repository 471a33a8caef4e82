import { describe, expect, test } from 'vitest';
import { brokenLimits, figuresOf, listName, listSizes, type Row } from './report.ts';

const row = (name: string, given: Partial<Row['figures'][string]> = {}, readUnits = 10): Row => ({
  name,
  figures: { 1: { operation: 10, raw: 8, ratio: 1.25, peer: 30, ...given } },
  readUnits,
});

const lists = (changed: Record<number, Row> = {}): Row[] =>
  listSizes.map((size) => changed[size] ?? row(listName(size)));

const broken = (rows: Row[]) => brokenLimits({ rows });

describe('a run keeps the limits', () => {
  test('when each figure is at its limit', () => {
    const slowest = row(listName(100), { operation: 13, ratio: 1.4 });
    expect(broken([...lists({ 100: slowest }), row('invite', { peer: 1 })])).toEqual([]);
  });

  test('when the peer has no such call', () => {
    expect(broken([{ name: 'accept', figures: { 1: { operation: 10, raw: 8, ratio: 1.25 } } }])).toEqual([]);
  });
});

describe('a run breaks the limits', () => {
  test('with an operation that takes more than 1.4 x its raw calls', () => {
    expect(broken([row('invite', { ratio: 1.41 })])).toEqual(['invite at c1 takes 1.41 x its raw calls, at most 1.4.']);
  });

  test('with a list whose time depends on the number of users', () => {
    expect(broken(lists({ 10_000: row(listName(10_000), { operation: 13.1, peer: 60 }) }))).toEqual([
      'The lists at c1 lie within 1.31 x of each other, at most 1.3.',
    ]);
  });

  test('with lists that cost different units', () => {
    expect(broken(lists({ 10_000: row(listName(10_000), {}, 11) }))).toEqual([
      'The lists cost 10, 11 read units, not the same.',
    ]);
  });

  test('with a largest list that is not 3 x as fast as the peer', () => {
    expect(broken(lists({ 100_000: row(listName(100_000), { peer: 29 }) }))).toEqual([
      'The largest list at c1 is 2.90 x as fast as the peer, at least 3.',
    ]);
  });
});

test('the ratio is that of calls in the same turn, so that a machine that is busy for a while does not change it', () => {
  const turns = [
    { operation: [10, 12, 14], raw: [8, 10, 12], peer: [3] },
    { operation: [100, 120, 140], raw: [80, 100, 120], peer: [5] },
    { operation: [12], raw: [10], peer: [4] },
  ];
  expect(figuresOf(turns, 100)).toEqual({ operation: 14, raw: 12, ratio: 1.2, peer: 400 });
});
