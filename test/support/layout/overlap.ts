import { heightOf, widthOf, type Box } from './boxes.ts';

/** The least distance between neighbouring buttons and fields, in pixels. */
const gapMin = 4;

/** The least distance between texts of different columns, in pixels. */
const textGapMin = 2;

/** The share of its height by which a line of text may overlap, because the font reserves it for marks above and below the letters. */
const sharedHeight = 0.3;

/** Pairs of controls and texts that overlap or touch. */
export const overlaps = (boxes: Box[]): string[] => {
  const faults: string[] = [];
  const sorted = boxes.toSorted((one, other) => one.top - other.top);
  for (const [index, one] of sorted.entries())
    for (const other of sorted.slice(index + 1)) {
      if (other.top > one.bottom + gapMin) break;
      if (one.layer !== other.layer || belongTogether(one, other)) continue;
      const fault = faultOf(one, other);
      if (fault) faults.push(fault);
    }
  return faults;
};

/** One box contains the other, is a copy of it at the same place, or is in the padding of a field. */
const belongTogether = (one: Box, other: Box): boolean =>
  isCopy(one, other) ||
  one.element.contains(other.element) ||
  other.element.contains(one.element) ||
  isInPadding(one, other) ||
  isInPadding(other, one);

/** A sticky table header has an invisible copy at the same place. */
const isCopy = (one: Box, other: Box): boolean =>
  one.name === other.name && Math.abs(one.left - other.left) < 1 && Math.abs(one.top - other.top) < 1;

const isInPadding = (box: Box, field: Box): boolean => {
  const { value } = field;
  if (!value || box.top < field.top || box.bottom > field.bottom) return false;
  return (box.left >= field.left && box.right <= value.left) || (box.left >= value.right && box.right <= field.right);
};

const faultOf = (one: Box, other: Box): string | undefined => {
  const x = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const y = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const texts = [one, other].filter(({ kind }) => kind === 'text');
  const allowed = Math.max(1, ...texts.map((text) => sharedHeight * heightOf(text)));
  if (x > 1 && y > allowed) return `${one.name} overlaps ${other.name} by ${Math.round(x)} x ${Math.round(y)} px`;
  const apart = Math.round(Math.max(-x, -y) * 10) / 10;
  const besides = y > 0.5 * Math.min(heightOf(one), heightOf(other));
  const above = x > 0.5 * Math.min(widthOf(one), widthOf(other));
  if (one.outlined && other.outlined && (besides || above) && apart < gapMin)
    return `${one.name} touches ${other.name}: ${apart} px`;
  const [textOne, textOther] = [one.kind === 'text' || one.outlined, other.kind === 'text' || other.outlined];
  if (texts.length > 0 && textOne && textOther && besides && -x < textGapMin && x <= 1 && !inOneLine(one, other))
    return `${one.name} touches ${other.name}: ${Math.round(-x * 10) / 10} px`;
  return undefined;
};

/** Texts of one paragraph may touch, because spaces separate them. */
const inOneLine = (one: Box, other: Box): boolean =>
  one.spaced || other.spaced || blockOf(one.element) === blockOf(other.element);

const blockOf = (element: Element): Element => {
  let block = element;
  while (block.parentElement && getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
  return block;
};
