import { linesOf, nameOf, textsIn } from './boxes.ts';

/** Text that must stay on one line: the name of its kind, and its pattern. */
const unbreakable: [string, RegExp][] = [
  ['date', /\b\d{1,2} \p{L}{3,9}\.? \d{4}\b|\b\p{L}{3,9}\.? \d{1,2}, \d{4}\b|\b\d{4}-\d{2}-\d{2}\b/gu],
  ['time', /\b\d{1,2}:\d{2}(:\d{2})?\b/gu],
  ['number', /(?<![\p{L}\p{N}\-_/.:@])\p{L}{0,3}\p{Sc}?[-−]?\d[\d.,  ]*(?<=\d)[%\p{Sc}]?(?![\p{L}\p{N}\-_/:])/gu],
];

/** Words of up to 24 letters without hyphens, slashes or “@”. Longer words, such as identifiers, may break. */
const words = /(?<![^\s([“"])[\p{L}\p{M}’']{2,24}(?![^\s.,;:!?)\]”"])/gu;

/** Numbers, dates, words and column headings that continue on the next line. */
export const breaks = (root: Element): string[] => [
  ...textsIn(root).flatMap((text) => {
    if (linesOf(text).length < 2) return [];
    const kinds: [string, RegExp][] = [...unbreakable, ['word', words]];
    return kinds.flatMap(([kind, pattern]) =>
      [...text.data.replaceAll('\u00a0', ' ').matchAll(pattern)]
        .filter(
          ({ index, 0: found }) => !isPartOfWord(text, index, found) && isBroken(text, index, index + found.length),
        )
        .map(({ 0: found }) => `${kind} "${found.trim()}" breaks`),
    );
  }),
  ...[...root.querySelectorAll('th[scope=col], [role=columnheader]')]
    .filter(
      (heading) =>
        new Set(
          textsIn(heading)
            .flatMap(linesOf)
            .map(({ bottom }) => Math.round(bottom)),
        ).size > 1,
    )
    .map((heading) => `column heading ${nameOf(heading)} breaks`),
];

/** A match at the start or end of its text node may be part of a word that continues in the neighbouring node. */
const isPartOfWord = ({ data, previousSibling, nextSibling }: Text, index: number, found: string): boolean =>
  (index === 0 && previousSibling !== null) || (index + found.length === data.length && nextSibling !== null);

const isBroken = (text: Text, from: number, to: number): boolean => {
  const range = document.createRange();
  range.setStart(text, from);
  range.setEnd(text, to);
  const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
  const [first] = lines;
  return first !== undefined && lines.some(({ top }) => top > first.bottom - 1);
};
