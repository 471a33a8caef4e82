import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resourceView } from '../../shared/resources/resource-view.ts';
import { changedTags, tags } from '../../shared/resources/tags.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { anyText } from './any-text.ts';

const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, `value ${index}`]));

/** 50 tags, each within its bounds, of letters that take three bytes. */
const wide = (): Record<string, string> =>
  Object.fromEntries(Object.keys(numbered(50)).map((key) => [key, '團'.repeat(256)]));

const codes = (given: unknown): string[] =>
  (tags.safeParse(given).error?.issues ?? []).map((issue) => {
    const code = issue.code === 'custom' ? String(issue.params?.code) : issue.code;
    return `${issue.path.map((part) => `/${String(part)}`).join('')} ${code}`;
  });

const sameTags = (a: Record<string, string>, b: Record<string, string>): boolean => changedTags(a, b).length === 0;

describe('tags', () => {
  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['50', numbered(50)],
    ['a key of 128 and a value of 256 characters', { ['k'.repeat(128)]: 'v'.repeat(256) }],
    ['a value that is empty', { reviewed: '' }],
    ['any letters', { 'aws:createdBy': 'Zoë', 'cost center/團隊': '💥 = +-_.:/@' }],
    ['names that objects have of themselves', { toString: 'a', constructor: 'b', hasOwnProperty: 'c' }],
    ['spaces, which are kept', { ' a ': ' b ' }],
  ])('may be %s', (_, given) => {
    const parsed = tags.parse(given);
    expect(Object.entries(parsed)).toEqual(Object.entries(given));
  });

  test.each<[string, unknown, string]>([
    ['51', numbered(51), ' too_big'],
    ['an empty key', { '': 'x' }, '/ invalid_key'],
    ['a key of 129 characters', { ['k'.repeat(129)]: 'x' }, `/${'k'.repeat(129)} invalid_key`],
    ['a value of 257 characters', { env: 'v'.repeat(257) }, '/env too_big'],
    ['a control character in a key', { 'a\nb': 'x' }, '/a\nb invalid_key'],
    ['a control character in a value', { env: 'a\u0000' }, '/env invalid_format'],
    ['half a character', { env: '\uD800' }, '/env invalid_format'],
    ['a value that is no text', { env: 7 }, '/env invalid_type'],
    ['a value that is nothing', { env: null }, '/env invalid_type'],
    ['more bytes than a resource may have', wide(), ' too_big'],
    ['a list', ['env'], ' invalid_type'],
    ['nothing', null, ' invalid_type'],
  ])('are not %s', (_, given, wrong) => {
    expect(codes(given)).toEqual([wrong]);
  });

  test('never reach for a prototype', () => {
    const parsed = tags.safeParse(JSON.parse('{"__proto__":"x","env":"prod"}'));
    if (parsed.success) expect(Object.getPrototypeOf(parsed.data)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).env).toBeUndefined();
  });

  test('as large as they may be, of 100 resources, fit an answer of Lambda', () => {
    const quotes = (count: number) => '"'.repeat(count);
    const largest: Record<string, string> = {};
    for (let length = 128; tags.safeParse({ ...largest, [quotes(length)]: quotes(256) }).success; length -= 1)
      largest[quotes(length)] = quotes(256);
    expect(new TextEncoder().encode(JSON.stringify(largest)).length).toBeGreaterThan(27_000);
    const resource = {
      id: 'x'.repeat(30),
      name: quotes(255),
      type: quotes(100),
      poolId: 'x'.repeat(31),
      holderId: 'x'.repeat(30),
      dataSourceId: 'x'.repeat(30),
      externalId: quotes(500),
      monthlyCost: 123_456.123_456_789,
      tags: largest,
      createdAt: '',
      ingestedIn: [],
      version: 1_000_000,
    };
    const named = {
      ownerOf: () => ({ id: resource.holderId, name: quotes(100) }),
      sources: new Map([[resource.dataSourceId, { id: resource.dataSourceId, name: quotes(100) }]]),
    };
    const view = resourceView(resource, named, buildPoolTree([{ id: resource.poolId, name: quotes(100) }]), {});
    const body = JSON.stringify({ items: Array(100).fill(view), nextCursor: 'x'.repeat(300) });
    // Lambda's own bound on what it hands to API Gateway, in which the body is a text.
    expect(new TextEncoder().encode(JSON.stringify({ body })).length).toBeLessThan(6 * 1024 * 1024);
  });
});

describe('the same tags', () => {
  const anyTags = fc.dictionary(fc.oneof(anyText(3), fc.constantFrom('toString', 'a', 'b')), anyText(2), {
    maxKeys: 4,
  });

  test('are the same in any order', () => {
    fc.assert(
      fc.property(anyTags, (given) => {
        expect(sameTags(given, Object.fromEntries(Object.entries(given).toReversed()))).toBe(true);
      }),
    );
  });

  test('are those with the same keys and values, whichever is compared with which', () => {
    const sorted = (given: Record<string, string>) =>
      JSON.stringify(Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    fc.assert(
      fc.property(anyTags, anyTags, (a, b) => {
        expect(sameTags(a, b)).toBe(sorted(a) === sorted(b));
        expect(sameTags(b, a)).toBe(sameTags(a, b));
      }),
    );
  });

  test('are not those where a name of objects’ own stands for a missing one', () => {
    expect(sameTags({ toString: 'a' }, { a: 'toString' })).toBe(false);
  });
});
