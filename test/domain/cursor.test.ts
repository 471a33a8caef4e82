import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../shared/api/cursor.ts';
import { anyCodeUnits, anyText } from './any-text.ts';

const list = '["users","","",null]';

const cursorOf = (name: string, position: string): string => {
  const { nextCursor } = encodeCursor(name, position);
  if (nextCursor === undefined) throw new Error('No cursor');
  return nextCursor;
};

const base64Url = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');

const refused = {
  ok: false,
  error: { code: 'invalid_cursor', errors: [{ pointer: '?cursor', code: 'invalid_cursor' }] },
};

describe('a page', () => {
  test('that was the last has no cursor', () => {
    expect(encodeCursor(list, undefined)).toEqual({});
  });

  test('without a cursor begins at the start', () => {
    expect(decodeCursor(list, undefined)).toEqual({ ok: true, value: undefined });
  });

  test.each([
    'ada lovelace\tusr_01',
    ' ',
    'zoë\tusr_01',
    '例え\tusr_01',
    '😀\tusr_01',
    '\u0000\u0001\u007f\u0080\u00ff\uffff',
    '"\\\n[]{}',
    'inv_01BX5ZZKBKACTAV9WEVGEMMVRZ',
  ])('that ended at %j goes on from there', (position) => {
    expect(decodeCursor(list, cursorOf(list, position))).toEqual({ ok: true, value: position });
  });

  test.each([
    { what: '1,000 bytes', position: 'é'.repeat(500) },
    { what: '200 emojis and an id', position: `${'😀'.repeat(200)}\tusr_01BX5ZZKBKACTAV9WEVGEMMVRZ` },
  ])('that ended at a text of $what goes on from there', ({ position }) => {
    expect(decodeCursor(list, cursorOf(list, position))).toEqual({ ok: true, value: position });
  });

  test('of a list with any letters in its name goes on', () => {
    const name = JSON.stringify(['users', 'żółć 例え 😀', 'manager']);
    expect(decodeCursor(name, cursorOf(name, 'x'))).toEqual({ ok: true, value: 'x' });
  });

  test('has a cursor that stands in a URL as it is', () => {
    const cursor = cursorOf('>>>???~~~ÿÿÿ', '???>>>😀ÿ');
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  test('has a cursor that names no partition and no organization', () => {
    const decoded: unknown = JSON.parse(Buffer.from(cursorOf(list, 'ada\tusr_1'), 'base64url').toString());
    expect(decoded).toEqual([list, 'ada\tusr_1']);
  });
});

describe('a cursor is refused', () => {
  test.each([
    { what: 'of another list', cursor: cursorOf('["invites","",""]', 'x') },
    { what: 'of the same list with another filter', cursor: cursorOf('["users","ada","",null]', 'x') },
    { what: 'of a list whose name begins so', cursor: cursorOf(`${list} `, 'x') },
    { what: 'of a list without a name', cursor: cursorOf('', 'x') },
    { what: 'that is empty', cursor: '' },
    { what: 'that is a word', cursor: 'next' },
    { what: 'that is cut at its end', cursor: cursorOf(list, 'ada\tusr_1').slice(0, -2) },
    { what: 'that is cut at its beginning', cursor: cursorOf(list, 'ada\tusr_1').slice(1) },
    { what: 'that is not base64', cursor: '!!!' },
    { what: 'that has letters beyond ASCII', cursor: '😀' },
    { what: 'that is not UTF-8', cursor: base64Url(Uint8Array.of(0xff, 0xfe, 0xfd)) },
    {
      what: 'whose position is not UTF-8',
      cursor: base64Url(
        Buffer.concat([Buffer.from(JSON.stringify([list, ''])).subarray(0, -2), Buffer.from('ff225d', 'hex')]),
      ),
    },
    { what: 'that holds overlong UTF-8', cursor: base64Url(Uint8Array.of(0x5b, 0xc0, 0xaf, 0x5d)) },
    { what: 'that holds a text instead of a list', cursor: base64Url(JSON.stringify(list)) },
    { what: 'that holds null', cursor: base64Url('null') },
    { what: 'that holds an object', cursor: base64Url(JSON.stringify({ 0: list, 1: 'x' })) },
    { what: 'that holds an empty list', cursor: base64Url('[]') },
    { what: 'without a position', cursor: base64Url(JSON.stringify([list])) },
    { what: 'with a number as its position', cursor: base64Url(JSON.stringify([list, 1])) },
    { what: 'with null as its position', cursor: base64Url(JSON.stringify([list, null])) },
    { what: 'with an object as its position', cursor: base64Url(JSON.stringify([list, { pk: 'org_2' }])) },
    { what: 'with a list as its name', cursor: base64Url(JSON.stringify([[list], 'x'])) },
    { what: 'with an empty position, which no sort key is', cursor: base64Url(JSON.stringify([list, ''])) },
    { what: 'with a position longer than any of ours', cursor: base64Url(JSON.stringify([list, 'x'.repeat(1_001)])) },
    {
      what: 'with a position of more bytes than any of ours',
      cursor: base64Url(JSON.stringify([list, 'é'.repeat(501)])),
    },
    { what: 'with half of a surrogate pair in its position', cursor: base64Url(JSON.stringify([list, 'x\ud83d'])) },
    { what: 'of broken JSON', cursor: base64Url(`["${list}`) },
    { what: 'of deeply nested JSON', cursor: base64Url('['.repeat(100_000)) },
  ])('$what', ({ cursor }) => {
    expect(decodeCursor(list, cursor)).toMatchObject(refused);
  });

  test('made by hand in this form is no more than a position in the list of the request', () => {
    expect(decodeCursor(list, base64Url(JSON.stringify([list, 'org_2#users'])))).toEqual({
      ok: true,
      value: 'org_2#users',
    });
  });
});

describe('for every text', () => {
  const text = anyText();
  const anyPosition = text.filter((position) => position !== '');

  test('a position comes back from the cursor of its list', () => {
    fc.assert(
      fc.property(text, anyPosition, (name, position) => {
        expect(decodeCursor(name, cursorOf(name, position))).toEqual({ ok: true, value: position });
      }),
      { numRuns: 200 },
    );
  });

  test('a cursor of one list is refused by another', () => {
    fc.assert(
      fc.property(text, text, text, (name, other, position) => {
        fc.pre(name !== other);
        expect(decodeCursor(other, cursorOf(name, position))).toMatchObject(refused);
      }),
      { numRuns: 200 },
    );
  });

  test('garbage is refused and never throws', () => {
    const garbage = fc.oneof(
      anyCodeUnits(60),
      fc.base64String(),
      fc.jsonValue().map((value) => base64Url(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(garbage, (cursor) => {
        expect(decodeCursor(list, cursor)).toMatchObject(refused);
      }),
      { numRuns: 500 },
    );
  });
});
