import { ulid } from 'ulid';
import { expect, test } from 'vitest';
import { earliestId } from '../../shared/id-time.ts';

test.each([2, 31, 32, Date.parse('2026-11-23T12:00:00.123Z'), Date.parse('9999-12-31T23:59:59.999Z')])(
  'ids created at %i sort after the earliest id of that time, and those created before sort before it',
  (time) => {
    const earliest = earliestId('evt', time);
    expect(`evt_${ulid(time)}` > earliest).toBe(true);
    expect(`evt_${ulid(time - 1)}` < earliest).toBe(true);
  },
);

test('a time before 1970 sorts before all ids', () => {
  expect(earliestId('evt', -1)).toBe(earliestId('evt', 0));
});
