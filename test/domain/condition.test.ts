import { describe, expect, test } from 'vitest';
import {
  above,
  absent,
  allOf,
  anyOf,
  atMost,
  below,
  contains,
  equal,
  holds,
  present,
  type Condition,
} from '../../shared/table/condition.ts';

const item = {
  pk: 'org_1#invites',
  status: 'pending',
  empty: '',
  version: 7,
  zero: 0,
  expiresAt: '2026-11-30T12:00:00.000Z',
  wanted: true,
  unwanted: false,
  nothing: null,
  assignments: ['organization_manager', 'manager@pool_1'],
  none: [],
  map: { status: 'pending' },
};

interface Case {
  promise: string;
  when: Condition;
  expected: boolean;
}

describe('presence', () => {
  test.each<Case>([
    { promise: 'an attribute that is there is present', when: present('status'), expected: true },
    { promise: 'an attribute that is there is not absent', when: absent('status'), expected: false },
    { promise: 'an attribute that is not there is absent', when: absent('userId'), expected: true },
    { promise: 'an attribute that is not there is not present', when: present('userId'), expected: false },
    { promise: 'an empty text is present', when: present('empty'), expected: true },
    { promise: 'a zero is present', when: present('zero'), expected: true },
    { promise: 'false is present', when: present('unwanted'), expected: true },
    { promise: 'null is present', when: present('nothing'), expected: true },
    { promise: 'an empty list is present', when: present('none'), expected: true },
    { promise: 'a name is not looked for inside of a map', when: present('map.status'), expected: false },
  ])('$promise', ({ when, expected }) => {
    expect(holds(when, item)).toBe(expected);
  });
});

describe('comparison', () => {
  test.each<Case>([
    { promise: 'a text equals itself', when: equal('status', 'pending'), expected: true },
    { promise: 'a text does not equal itself in capitals', when: equal('status', 'PENDING'), expected: false },
    { promise: 'a number equals itself', when: equal('version', 7), expected: true },
    { promise: 'a number does not equal another', when: equal('version', 8), expected: false },
    { promise: 'a number does not equal its text', when: equal('version', '7'), expected: false },
    { promise: 'zero does not equal an empty text', when: equal('zero', ''), expected: false },
    { promise: 'zero does not equal false', when: equal('zero', false), expected: false },
    { promise: 'true equals true', when: equal('wanted', true), expected: true },
    { promise: 'false does not equal true', when: equal('unwanted', true), expected: false },
    { promise: 'null equals no text', when: equal('nothing', 'null'), expected: false },
    { promise: 'a list equals no text', when: equal('assignments', 'organization_manager'), expected: false },
    { promise: 'an attribute that is not there equals nothing', when: equal('userId', ''), expected: false },
    { promise: '7 is below 8', when: below('version', 8), expected: true },
    { promise: '7 is not below 7', when: below('version', 7), expected: false },
    { promise: '7 is at most 7', when: atMost('version', 7), expected: true },
    { promise: '7 is not at most 6', when: atMost('version', 6), expected: false },
    { promise: '7 is above 6', when: above('version', 6), expected: true },
    { promise: '7 is not above 7', when: above('version', 7), expected: false },
    { promise: '7 is at least 7', when: { op: '>=', attribute: 'version', value: 7 }, expected: true },
    { promise: '7 is not at least 8', when: { op: '>=', attribute: 'version', value: 8 }, expected: false },
    { promise: '7 is below 10, as numbers are', when: below('version', 10), expected: true },
    {
      promise: 'an instant is below the next millisecond',
      when: below('expiresAt', '2026-11-30T12:00:00.001Z'),
      expected: true,
    },
    {
      promise: 'an instant is not below itself',
      when: below('expiresAt', '2026-11-30T12:00:00.000Z'),
      expected: false,
    },
    { promise: 'an instant is at most itself', when: atMost('expiresAt', '2026-11-30T12:00:00.000Z'), expected: true },
    {
      promise: 'an instant is above the millisecond before',
      when: above('expiresAt', '2026-11-30T11:59:59.999Z'),
      expected: true,
    },
    { promise: 'a number is not below a text', when: below('version', '8'), expected: false },
    { promise: 'what is not there is not below anything', when: below('userId', 'z'), expected: false },
    { promise: 'what is not there is not above anything', when: above('userId', ''), expected: false },
    { promise: 'null is not below anything', when: below('nothing', 1), expected: false },
  ])('$promise', ({ when, expected }) => {
    expect(holds(when, item)).toBe(expected);
  });

  test.each([
    { lower: '', higher: '\0', what: 'an empty text comes before any other' },
    { lower: 'ada', higher: 'ada king', what: 'a text comes after its beginning' },
    { lower: '10', higher: '9', what: 'digits are ordered as texts are' },
    { lower: 'Z', higher: 'a', what: 'capitals come before small letters' },
    { lower: 'z', higher: 'é', what: 'accents come after ASCII' },
    { lower: '\uff5e', higher: '\u{1f600}', what: 'what JavaScript writes in two units comes last' },
    { lower: 'a\uffff', higher: 'a\u{10000}', what: 'also behind the same beginning' },
  ])('texts are ordered by their UTF-8 bytes, as DynamoDB orders them: $what', ({ lower, higher }) => {
    expect(Buffer.compare(Buffer.from(lower), Buffer.from(higher))).toBe(-1);
    const kept = { name: lower };
    expect([below, atMost, above].map((demand) => holds(demand('name', higher), kept))).toEqual([true, true, false]);
    expect([below, atMost, above].map((demand) => holds(demand('name', lower), { name: higher }))).toEqual([
      false,
      false,
      true,
    ]);
    expect(holds(equal('name', higher), kept)).toBe(false);
    expect(holds(equal('name', lower), kept)).toBe(true);
  });
});

describe('containment', () => {
  test.each<Case>([
    { promise: 'a list contains its element', when: contains('assignments', 'organization_manager'), expected: true },
    { promise: 'a list contains its last element', when: contains('assignments', 'manager@pool_1'), expected: true },
    {
      promise: 'a list does not contain a part of an element',
      when: contains('assignments', 'manager'),
      expected: false,
    },
    {
      promise: 'a list does not contain an element with more behind',
      when: contains('assignments', 'manager@pool_10'),
      expected: false,
    },
    { promise: 'an empty list contains nothing', when: contains('none', ''), expected: false },
    { promise: 'what is not there contains nothing', when: contains('secretHashes', 'x'), expected: false },
    { promise: 'a number contains nothing', when: contains('version', '7'), expected: false },
    { promise: 'a map does not contain its values', when: contains('map', 'pending'), expected: false },
    {
      promise: 'a text contains each of its parts, as DynamoDB decides it',
      when: contains('status', 'end'),
      expected: true,
    },
    { promise: 'a text contains itself', when: contains('status', 'pending'), expected: true },
    { promise: 'a text does not contain more than itself', when: contains('status', 'pending!'), expected: false },
    { promise: 'a text does not contain its parts in capitals', when: contains('status', 'END'), expected: false },
    { promise: 'an empty text contains no letter', when: contains('empty', 'x'), expected: false },
    { promise: 'a text does not contain another', when: contains('status', 'sent'), expected: false },
  ])('$promise', ({ when, expected }) => {
    expect(holds(when, item)).toBe(expected);
  });
});

describe('combination', () => {
  const yes = equal('status', 'pending');
  const no = equal('status', 'accepted');

  test.each<Case>([
    { promise: 'all of two that hold', when: allOf(yes, present('pk')), expected: true },
    { promise: 'not all, when the first does not hold', when: allOf(no, yes), expected: false },
    { promise: 'not all, when the last does not hold', when: allOf(yes, yes, no), expected: false },
    { promise: 'any of two of which the first holds', when: anyOf(yes, no), expected: true },
    { promise: 'any of two of which the last holds', when: anyOf(no, yes), expected: true },
    { promise: 'not any, when none holds', when: anyOf(no, no), expected: false },
    { promise: 'any, of which one is all of some', when: anyOf(no, allOf(yes, yes)), expected: true },
    {
      promise: 'not all, of which one is any of none that hold',
      when: allOf(yes, anyOf(no, allOf(yes, no))),
      expected: false,
    },
  ])('$promise', ({ when, expected }) => {
    expect(holds(when, item)).toBe(expected);
  });
});

describe('an item that does not exist', () => {
  test.each<Case>([
    { promise: 'has every attribute absent', when: absent('pk'), expected: true },
    { promise: 'has no attribute present', when: present('pk'), expected: false },
    { promise: 'equals nothing', when: equal('status', 'pending'), expected: false },
    { promise: 'is below nothing', when: below('version', 1), expected: false },
    { promise: 'is above nothing', when: above('version', -1), expected: false },
    { promise: 'contains nothing', when: contains('assignments', 'member'), expected: false },
    {
      promise: 'may be written where it is absent or expired',
      when: anyOf(absent('pk'), allOf(equal('state', 'invited'), atMost('expiresAt', '2026-11-30T12:00:00.000Z'))),
      expected: true,
    },
  ])('$promise', ({ when, expected }) => {
    expect(holds(when, undefined)).toBe(expected);
  });
});
