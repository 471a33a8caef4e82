import { cursorPositionBytesMax } from '../limits.ts';
import { failAt, ok, type Result } from '../result.ts';

/**
 * A cursor contains the position at which a page ended and the list that it belongs to. It names no partition: the partition
 * comes from the request, so a forged cursor reads nothing that the request itself could not read.
 */
export const encodeCursor = (list: string, position: string | undefined): { nextCursor?: string } =>
  position === undefined ? {} : { nextCursor: toBase64Url(JSON.stringify([list, position])) };

/** Returns the position at which the next page starts, or undefined for the first page. `list` names the route and its filters. */
export const decodeCursor = (list: string, cursor: string | undefined): Result<string | undefined> => {
  if (cursor === undefined) return ok(undefined);
  const parts = parse(cursor);
  return parts?.[0] === list
    ? ok(parts[1])
    : failAt(
        '?cursor',
        'invalid_cursor',
        'It is not a cursor of this list.',
        'Use the nextCursor of a page of this list, with the same filters.',
      );
};

/** A cursor whose content the caller cannot read. */
export const sealCursor = (cursor: string, seal: (text: string) => string): string => seal(fromBase64Url(cursor));

/** The cursor in a sealed one. A text that is not a sealed cursor is no cursor of any list. */
export const openCursor = (sealed: string, open: (sealed: string) => string | undefined): string =>
  toBase64Url(open(sealed) ?? '');

const parse = (cursor: string): [string, string] | undefined => {
  try {
    const parts: unknown = JSON.parse(fromBase64Url(cursor));
    return Array.isArray(parts) && typeof parts[0] === 'string' && typeof parts[1] === 'string' && isPosition(parts[1])
      ? [parts[0], parts[1]]
      : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a text can be a sort key. DynamoDB would fail on an empty or overlong key, so a forged cursor is refused here. */
const isPosition = (text: string): boolean => {
  const { length } = new TextEncoder().encode(text);
  return length > 0 && length <= cursorPositionBytesMax && text.isWellFormed();
};

const toBase64Url = (text: string): string =>
  btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64Url = (encoded: string): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.codePointAt(0) ?? 0),
  );
