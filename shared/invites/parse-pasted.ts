import { withoutHiddenCharacters } from '../pasted-text.ts';
import { readLine, type Line, type Segment } from './pasted-line.ts';

/** The contents of a pasted list. */
export interface PastedList {
  /** Addresses, and entries that cannot be parsed, in the order of the list. */
  entries: string[];
  /** Names of people for whom the list has no address. */
  names: string[];
}

/** Returns the addresses in a pasted list, and the entries that cannot be parsed. */
export const parsePasted = (text: string): string[] => readPasted(text).entries;

/**
 * Parses a list in any usual form: addresses separated by commas, semicolons, spaces or lines, also with names and as links
 * (`King, Ada <ada@b.example>`), rows of a spreadsheet, the header of an email. Names and other cells next to an address are left
 * out. Every attempt at an address becomes an entry, even if it is invalid, so that no address is lost silently.
 */
export const readPasted = (text: string): PastedList => {
  const lines = withoutHiddenCharacters(text)
    .split(lineEnd)
    .map(readLine)
    .filter(({ segments }) => segments.length > 0);
  const list: PastedList = { entries: [], names: [] };
  const shape = shapeOf(lines);
  for (const [index, line] of lines.entries()) {
    const isRow = line.hasTabs || shape.isTable;
    if (line.addresses > 0) readAddressed(line, isRow, list);
    else if (!isHeader(line, index, shape)) readUnaddressed(line, isRow, shape, list);
  }
  return list;
};

/** All characters that mail programs, spreadsheets or browsers treat as line breaks. */
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

interface Shape {
  /** Whether each line is about one person: there are several lines, with a header or with at most one address each. */
  isTable: boolean;
  hasAddresses: boolean;
  /** Whether each address is in the line above or below its name: there are as many lines of names as of addresses. */
  alternates: boolean;
  nameLines: number;
}

const shapeOf = (lines: Line[]): Shape => {
  const addressed = lines.filter(({ addresses }) => addresses > 0).length;
  const nameLines = lines.filter(({ addresses, segments }) => addresses === 0 && segments.every(isName)).length;
  return {
    isTable: lines.length > 1 && (isTableHeader(lines[0]) || lines.every(({ addresses }) => addresses <= 1)),
    hasAddresses: addressed > 0,
    alternates: addressed > 0 && nameLines === addressed,
    nameLines,
  };
};

const isTableHeader = (line: Line | undefined): boolean => line?.addresses === 0 && line.segments.length > 1;

/** Parses a line with addresses. Returns the addresses and the attempts at an address. */
const readAddressed = ({ segments, addresses }: Line, isRow: boolean, { entries, names }: PastedList): void => {
  for (const [index, segment] of segments.entries()) {
    if (segment.addresses.length > 0) entries.push(...segment.addresses);
    else if (isRow) continue;
    else if (isAttempt(segment)) entries.push(segment.text);
    // If there is only one address, all names of the line belong to it. In a list, `King, Ada <…>` begins with the last name.
    else if (addresses > 1 && !isLastName(segment, segments[index + 1]))
      (isName(segment) ? names : entries).push(segment.text);
  }
};

const isLastName = ({ text }: Segment, next: Segment | undefined): boolean =>
  /^\P{N}+$/u.test(text) && next !== undefined && next.addresses.length > 0 && !next.addresses.includes(next.text);

/** Parses a line without addresses: a name, or entries that cannot be parsed. */
const readUnaddressed = ({ segments }: Line, isRow: boolean, shape: Shape, { entries, names }: PastedList): void => {
  const attempts = segments.filter(isAttempt);
  const people = segments.filter((segment) => !isAttempt(segment) && isName(segment));
  if (isRow && attempts.length + people.length > 0) {
    entries.push(...attempts.map(({ text }) => text));
    if (attempts.length === 0 && !shape.alternates) names.push(people.map(({ text }) => text).join(' '));
    return;
  }
  for (const segment of segments) {
    if (people.includes(segment)) {
      if (!shape.alternates) names.push(segment.text);
    } else entries.push(segment.text);
  }
};

/** Whether a line is the header row of a spreadsheet, or like `Subject: Hello` of an email or `FN:Ada` of a contact. */
const isHeader = (line: Line, index: number, { hasAddresses, isTable, nameLines }: Shape): boolean => {
  const { segments } = line;
  const text = segments.map((segment) => segment.text).join(' ');
  if (!hasAddresses || segments.some(isAttempt)) return false;
  if (/^\p{L}[\p{L}\p{M}\p{N}=. _-]{0,60}[:：](?!\/)/u.test(text)) return true;
  if (index > 0) return false;
  return (
    /(?<!\p{L})(?:e-?)?mail/iu.test(text) ||
    (isTable && isTableHeader(line)) ||
    (nameLines === 1 && /^\p{L}+$/u.test(text))
  );
};

/** Whether a text without an address was meant to be one: `ada(at)x.example`, `ada @ x.example`, `ada.x.example`. */
const isAttempt = ({ text }: Pick<Segment, 'text'>): boolean =>
  /[([{]\s*(?:at|@)\s*[)\]}]|\S\s+(?:at|@)\s+\S+\.\S|^mailto:/i.test(text) || /^\S+\.\p{Ll}{2,}$/u.test(text);

/** Whether a text is the name of a person rather than an address without its at sign. */
const isName = ({ text }: Pick<Segment, 'text'>): boolean =>
  /^[\p{L}\p{M}\p{Zs}\p{Pd}\u200d\u200c.,'’()·・]+$/u.test(text) && /(?:^|[\s\p{P}])[\p{Lu}\p{Lt}\p{Lo}]/u.test(text);
