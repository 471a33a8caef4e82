import * as fc from 'fast-check';

/** Well-formed texts of any characters, ASCII more often. fast-check's own `binary` unit takes a second to build. */
export const anyText = (length = 20): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 0x7f }),
        fc.integer({ min: 0, max: 0xd7ff }),
        fc.integer({ min: 0xe000, max: 0x10ffff }),
      ),
      { maxLength: length },
    )
    .map((points) => String.fromCodePoint(...points));

/** Texts of any code units: halves of surrogate pairs too. */
export const anyCodeUnits = (length = 40): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: length }).map((units) => String.fromCharCode(...units));
