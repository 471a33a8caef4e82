import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { asMaps } from '../../functions/adapters/as-maps.ts';
import { bodyText } from '../../functions/http/body-text.ts';
import { duplicateKeys } from '../../functions/http/duplicate-keys.ts';

const pointersIn = (text: string): string[] => {
  JSON.parse(text);
  return duplicateKeys(text).map(({ pointer }) => pointer);
};

describe('the keys that occur twice', () => {
  test.each<[text: string, pointers: string[]]>([
    ['{"name":"a","name":"b"}', ['/name']],
    ['{"name":"a", "n\\u0061me" :"b"}', ['/name']],
    ['{"a":{"b":1,"b":2}}', ['/a/b']],
    ['{"items":[{"x":1},{"x":1,"y":[],"x":2}]}', ['/items/1/x']],
    ['[[1,2],[3,{"a":1,"a":1}]]', ['/1/1/a']],
    ['{"a/b":1,"a/b":2}', ['/a~1b']],
    ['{"":1,"":2,"":3}', ['/', '/']],
    ['{"constructor":"a","constructor":"b"}', ['/constructor']],
    ['{"a":1,"b":{"c":1,"c":2},"a":2}', ['/b/c', '/a']],
  ])('of %s are found', (text, pointers) => {
    expect(pointersIn(text)).toEqual(pointers);
  });

  test.each([
    '{"a":{"a":1},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"\\"a\\":1,\\"a\\":1"}',
    '{"a":"x\\\\","b":"{\\"c\\":1,\\"c\\":1}"}',
    '{"a":"é","A":"e","á":1}',
    '{"a":["a","a",{"b":["a"]}]}',
    '"{}"',
    '7',
    '[]',
    '{}',
  ])('are none in %s', (text) => {
    expect(pointersIn(text)).toEqual([]);
  });

  test('are not found in the JSON of an object, and are found once a key is repeated', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        expect(pointersIn(text)).toEqual([]);
        expect(pointersIn(`{"k":${text},"other":${text},"k":${text}}`)).toEqual(['/k']);
      }),
    );
  });

  test('are found in a body as large as one may be, however deep it is', () => {
    const deep = `${'[{"a":'.repeat(100_000)}0${'}]'.repeat(100_000)}`;
    expect(duplicateKeys(`{"x":${deep},"x":1}`)).toHaveLength(1);
    expect(duplicateKeys(JSON.stringify({ ['"\\'.repeat(200_000)]: '\\"'.repeat(100_000) }))).toEqual([]);
  });
});

describe('the text of a body', () => {
  const ofBytes = (bytes: number[] | string, type = 'application/json') =>
    bodyText({
      headers: { 'content-type': type },
      body: Buffer.from(bytes as string).toString('base64'),
      isBase64Encoded: true,
    });
  const ofText = (body: string, type = 'application/json') =>
    bodyText({ headers: { 'content-type': type }, body, isBase64Encoded: false });

  test.each<[string, number[]]>([
    ['a byte that UTF-8 never has', [0x22, 0xff, 0x22]],
    ['a character that is cut off', [0x22, 0xe2, 0x82, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['half of a surrogate pair', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['Latin-1', [0x22, 0x5a, 0x6f, 0xeb, 0x22]],
    ['a character beyond Unicode', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
  ])('is refused if it has %s, as bytes and as the text that API Gateway makes of them', (_, bytes) => {
    expect(ofBytes(bytes)).toMatchObject({ ok: false, error: { code: 'invalid_utf8' } });
    expect(ofText(Buffer.from(bytes).toString())).toMatchObject({ ok: false, error: { code: 'invalid_utf8' } });
  });

  test.each(['"Zoë"', '"團隊 💥"', '"\\ufffd"', ''])('is kept if it is %s', (text) => {
    expect(ofBytes(text)).toEqual({ ok: true, value: text });
    expect(ofText(text)).toEqual({ ok: true, value: text });
  });

  test('has no byte order mark', () => {
    expect(ofBytes('\uFEFF{}')).toEqual({ ok: true, value: '{}' });
    expect(ofText('\uFEFF{}')).toEqual({ ok: true, value: '{}' });
  });

  test.each(['iso-8859-1', 'utf-16', 'utf-7', 'windows-1252', '"latin1"', '', 'utf-8; charset=utf-16'])(
    'is refused if it is declared as charset=%s',
    (charset) => {
      const refused = { ok: false, error: { code: 'unsupported_charset' } };
      expect(ofText('{}', `application/json; charset=${charset}`)).toMatchObject(refused);
      expect(ofText('{}', `application/json;Charset=${charset}`)).toMatchObject(refused);
    },
  );

  test.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'utf-8 ; profile=x'])('may be declared as charset=%s', (charset) => {
    expect(ofText('{}', `application/json; charset=${charset}`)).toEqual({ ok: true, value: '{}' });
  });
});

test('an object is stored with the same keys, whatever they are called', () => {
  const marshalled = (value: unknown) => marshall({ value: asMaps(value) });
  const names = [...Object.getOwnPropertyNames(Object.prototype), 'then', 'length', 'S', 'M', 'NULL', 'size', 'name'];
  // A body with a member named `__proto__` is refused before.
  const anyKey = fc.oneof(fc.constantFrom(...names), fc.string()).filter((name) => name !== '__proto__');
  const keyed = fc.dictionary(anyKey, fc.string(), { noNullPrototype: true });
  fc.assert(
    fc.property(
      fc.dictionary(anyKey, fc.oneof(fc.string(), keyed, fc.array(keyed)), { noNullPrototype: true }),
      (given) => {
        // Not `toEqual`, which compares objects by their `constructor` too.
        expect(JSON.stringify(unmarshall(marshalled(given)))).toBe(JSON.stringify({ value: given }));
      },
    ),
    { examples: [[{ constructor: 'x' }], [{ a: [{ constructor: 'Set' }] }]] },
  );
});
