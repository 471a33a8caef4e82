import { describe, expect, test } from 'vitest';
import { absent, equal } from '../../shared/table/condition.ts';
import { check, erase, guard, mergeWrites, put, update, type Changes, type Write } from '../../shared/table/write.ts';

const organization = { pk: 'org_1', sk: 'organization' };
const user = { pk: 'org_1#user#usr_1', sk: 'user' };

const isNew = guard(absent('pk'), 'exists');
const sameVersion = guard(equal('version', 1), 'stale');
const isActive = guard(equal('status', 'active'), 'inactive');

const changesOf = (writes: Write[]): Changes => {
  const [only, ...others] = mergeWrites(writes);
  expect(others).toEqual([]);
  if (only?.effect.kind !== 'update') throw new Error('Not one update');
  return only.effect.changes;
};

describe('writes of different items', () => {
  test('stay as they are, in their order', () => {
    const writes: Write[] = [
      check(user, isActive),
      put({ ...organization, name: 'Acme' }, isNew),
      erase({ pk: 'org_1#users', sk: 'ada\tusr_1' }),
      update({ pk: 'org_1#users', sk: 'bob\tusr_2' }, { set: { name: 'Bob' } }),
    ];
    expect(mergeWrites(writes)).toEqual(writes);
  });

  test('are different when only their sort keys are', () => {
    const writes: Write[] = [erase({ pk: 'a', sk: 'b' }), erase({ pk: 'a', sk: 'c' })];
    expect(mergeWrites(writes)).toEqual(writes);
  });

  test('are different however their partition and sort keys would join', () => {
    const writes: Write[] = [
      erase({ pk: 'a', sk: 'b\nc' }),
      erase({ pk: 'a\nb', sk: 'c' }),
      erase({ pk: 'a","b', sk: 'c' }),
      erase({ pk: 'a', sk: 'b","c' }),
      erase({ pk: 'ab', sk: 'c' }),
      erase({ pk: 'a', sk: 'bc' }),
    ];
    expect(mergeWrites(writes)).toHaveLength(6);
  });

  test('none merge into none', () => {
    expect(mergeWrites([])).toEqual([]);
  });
});

describe('a check and a change of the same item become one operation', () => {
  const changes = { set: { name: 'Ada' } };

  test.each<{ promise: string; change: Write }>([
    { promise: 'a put', change: put({ ...user, name: 'Ada' }, sameVersion) },
    { promise: 'an update', change: update(user, changes, sameVersion) },
    { promise: 'a delete', change: erase(user, sameVersion) },
  ])('$promise keeps its effect and gets the guards of both, in their order', ({ change }) => {
    expect(mergeWrites([check(user, isActive), change])).toEqual([
      { key: user, effect: change.effect, guards: [isActive, sameVersion] },
    ]);
    expect(mergeWrites([change, check(user, isActive)])).toEqual([
      { key: user, effect: change.effect, guards: [sameVersion, isActive] },
    ]);
  });

  test('two checks become one check with all guards', () => {
    expect(mergeWrites([check(user, isActive), check(user, sameVersion)])).toEqual([
      check(user, isActive, sameVersion),
    ]);
  });

  test('three writes of one item become one', () => {
    expect(mergeWrites([check(user, isActive), update(user, changes), check(user, sameVersion)])).toEqual([
      { key: user, effect: { kind: 'update', changes }, guards: [isActive, sameVersion] },
    ]);
  });

  test('the operation takes the place of the first of them', () => {
    const merged = mergeWrites<string>([check(user, isActive), put({ ...organization }), update(user, changes)]);
    expect(merged.map(({ key, effect }) => [key, effect.kind])).toEqual([
      [user, 'update'],
      [organization, 'put'],
    ]);
  });

  test('a guard with the same words twice stays twice', () => {
    expect(mergeWrites([check(user, isActive), check(user, isActive)])[0]?.guards).toEqual([isActive, isActive]);
  });
});

describe('two updates of one item become one update', () => {
  test('that sets what each sets', () => {
    expect(changesOf([update(user, { set: { a: 1 } }), update(user, { set: { b: 2 } })]).set).toEqual({ a: 1, b: 2 });
  });

  test('that removes what each removes', () => {
    expect(changesOf([update(user, { remove: ['a'] }), update(user, { remove: ['b'] })]).remove).toEqual(['a', 'b']);
  });

  test('that adds the sum of what they add to one number', () => {
    const changes = changesOf([
      update(user, { add: { version: 1, sends: 1 } }),
      update(user, { add: { version: 1, attempts: -1 } }),
    ]);
    expect(changes.add).toEqual({ version: 2, sends: 1, attempts: -1 });
  });

  test('that appends to each list what they append to it', () => {
    const changes = changesOf([
      update(user, { append: { holdings: ['a'] } }),
      update(user, { append: { takenOver: ['b'] } }),
    ]);
    expect(changes.append).toEqual({ holdings: ['a'], takenOver: ['b'] });
  });

  test('that appends to one list what both append to it', () => {
    const changes = changesOf([
      update(user, { append: { holdings: ['a'] } }),
      update(user, { append: { holdings: ['b', 'c'] } }),
    ]);
    expect(changes.append).toEqual({ holdings: ['a', 'b', 'c'] });
  });

  test('that appends in the order of three writes, with a check between, whatever is equal among it', () => {
    const writes: Write[] = [
      update(user, { append: { holdings: ['a'], takenOver: [1] } }),
      check(user, isActive),
      update(user, { append: { holdings: ['a'] } }),
      update(user, { append: { holdings: [], invitesPassed: [{ at: 'x' }] } }),
    ];
    expect(changesOf(writes).append).toEqual({ holdings: ['a', 'a'], takenOver: [1], invitesPassed: [{ at: 'x' }] });
  });

  test('that appends nothing when neither does', () => {
    expect(changesOf([update(user, { set: { a: 1 } }), update(user, { set: { b: 2 } })]).append).toEqual({});
  });

  test('that has the guards of both', () => {
    expect(mergeWrites([update(user, {}, isActive), update(user, {}, sameVersion)])[0]?.guards).toEqual([
      isActive,
      sameVersion,
    ]);
  });

  test('and leave what they were made from as it was', () => {
    const first = update(user, { set: { a: 1 }, add: { version: 1 }, append: { holdings: ['a'] } });
    const second = update(user, { set: { a: 2 }, add: { version: 1 }, append: { holdings: ['c'], takenOver: ['b'] } });
    mergeWrites([first, second]);
    expect(first).toEqual(update(user, { set: { a: 1 }, add: { version: 1 }, append: { holdings: ['a'] } }));
    expect(second).toEqual(
      update(user, { set: { a: 2 }, add: { version: 1 }, append: { holdings: ['c'], takenOver: ['b'] } }),
    );
  });
});

describe('a mistake in an operation is thrown', () => {
  const item = { ...user, name: 'Ada' };

  test.each<{ what: string; writes: Write[] }>([
    { what: 'two puts of one item', writes: [put(item), put(item)] },
    { what: 'two deletes of one item', writes: [erase(user), erase(user)] },
    { what: 'a put and a delete of one item', writes: [put(item), erase(user)] },
    { what: 'a delete and a put of one item', writes: [erase(user), put(item)] },
    { what: 'a put and an update of one item', writes: [put(item), update(user, { set: { a: 1 } })] },
    { what: 'an update and a put of one item', writes: [update(user, { set: { a: 1 } }), put(item)] },
    { what: 'an update and a delete of one item', writes: [update(user, { set: { a: 1 } }), erase(user)] },
    { what: 'two puts with a check between', writes: [put(item), check(user, isActive), put(item)] },
  ])('$what', ({ writes }) => {
    expect(() => mergeWrites(writes)).toThrow('Two writes of one item in a transaction: org_1#user#usr_1 user');
  });
});

test('a write of a whole item keeps its key and nothing else as its key', () => {
  const item = { ...user, name: 'Ada', version: 1 };
  for (const write of [put(item), update(item, {}), erase(item), check(item, isActive)])
    expect(write.key).toEqual(user);
});
