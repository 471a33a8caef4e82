import type { IdKind } from './ports.ts';

/** The digits of the first part of an id, which is the time of its creation: a ULID (github.com/ulid/spec). */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeDigits = 10;

/** An id that sorts after all ids of a kind that were created before `time`, in milliseconds since 1970, and before all others. */
export const earliestId = (kind: IdKind, time: number): string => {
  let [text, rest] = ['', Math.max(0, time)];
  for (let count = 0; count < timeDigits; count += 1) {
    text = `${digits.charAt(rest % digits.length)}${text}`;
    rest = Math.floor(rest / digits.length);
  }
  return `${kind}_${text}`;
};
