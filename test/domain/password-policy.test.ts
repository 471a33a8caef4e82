import { describe, expect, test } from 'vitest';
import { missingFromPassword, passwordPolicy, passwordRules } from '../../shared/users/password-policy.ts';

const length = 'at least 12 characters';
const lower = 'a lower-case letter';
const upper = 'an upper-case letter';
const digit = 'a digit';
const noSpace = 'no space at either end';

test('the policy is 12 characters, both cases and a digit', () => {
  expect(passwordPolicy).toEqual({ minimumLength: 12, lowercase: true, uppercase: true, digits: true });
});

test('the accept page shows the rules in this order', () => {
  expect(passwordRules).toEqual([length, lower, upper, digit, noSpace]);
});

describe('a password', () => {
  test.each([
    { promise: 'of 12 characters with both cases and a digit will do', password: 'Abcdefghijk1', missing: [] },
    { promise: 'of 256 characters will do', password: `Aa1${'x'.repeat(253)}`, missing: [] },
    { promise: 'needs no special sign, but may have them', password: '!"§$%&/ ()=?aB3', missing: [] },
    { promise: 'may have spaces inside', password: 'Correct horse 1', missing: [] },
    { promise: 'may not have a space before', password: ' Correct horse 1', missing: [noSpace] },
    { promise: 'may not have a space behind', password: 'Correct horse 1 ', missing: [noSpace] },
    { promise: 'may not have a line end behind', password: 'Correct horse 1\n', missing: [noSpace] },
    { promise: 'may not have a no-break space behind', password: 'Correct horse 1\u00a0', missing: [noSpace] },
    { promise: 'may have its capital at the end', password: 'abcdefghij1K', missing: [] },
    { promise: 'may have letters of all scripts beside', password: 'Пароль密码Aa1xyz', missing: [] },
    { promise: 'of 11 characters is too short', password: 'Abcdefghij1', missing: [length] },
    { promise: 'without a small letter lacks one', password: 'ABCDEFGHIJK1', missing: [lower] },
    { promise: 'without a capital lacks one', password: 'abcdefghijk1', missing: [upper] },
    { promise: 'without a digit lacks one', password: 'Abcdefghijkl', missing: [digit] },
    { promise: 'of small letters lacks two things', password: 'abcdefghijkl', missing: [upper, digit] },
    { promise: 'of digits lacks two things', password: '123456789012', missing: [lower, upper] },
    { promise: 'of nothing lacks everything', password: '', missing: [length, lower, upper, digit] },
    { promise: 'of spaces lacks all but length', password: ' '.repeat(12), missing: [lower, upper, digit, noSpace] },
    { promise: 'with letters beyond a to z lacks plain ones', password: 'éèàùäöüßçñ12', missing: [lower, upper] },
    { promise: 'with capitals beyond A to Z lacks plain ones', password: 'abcÉÈÀÙÄÖÜÇ12', missing: [upper] },
    { promise: 'with digits beyond 0 to 9 lacks plain ones', password: 'Abcdefghijk\u0661', missing: [digit] },
    { promise: 'on two lines is judged as a whole', password: 'ABCDEF\nabcdef\n1', missing: [] },
  ])('$promise', ({ password, missing }) => {
    expect(missingFromPassword(password)).toEqual(missing);
  });
});
