import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareUtf8 } from '../../shared/text.ts';
import { anyText } from './any-text.ts';

describe('the order of texts', () => {
  test.each([
    { promise: 'is that of letters', texts: ['a', 'ab', 'b'] },
    { promise: 'has the empty text first', texts: ['', '\0', ' '] },
    { promise: 'has capitals before small letters, and those before accents', texts: ['Z', 'a', 'z', 'é'] },
    { promise: 'has what is behind a tab before what goes on with letters', texts: ['ada\tusr_2', 'ada king\tusr_1'] },
    { promise: 'has emojis behind all that UTF-16 writes in one unit', texts: ['\ud7ff', '\ue000', '\uffff', '😀'] },
    { promise: 'compares behind a common beginning', texts: ['王a', '王b', '王王', '王😀'] },
  ])('$promise', ({ texts }) => {
    expect(texts.toReversed().toSorted(compareUtf8)).toEqual(texts);
    for (const text of texts) expect(compareUtf8(text, text)).toBe(0);
  });

  test('is that of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(anyText(4), anyText(4), anyText(4), (start, a, b) => {
        const [left, right] = [start + a, start + b];
        expect(Math.sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
      {
        numRuns: 500,
        examples: [
          ['a', '', 'b'],
          ['', 'b', ''],
          ['', '', ''],
          ['', '\uffff', '😀'],
        ],
      },
    );
  });
});
