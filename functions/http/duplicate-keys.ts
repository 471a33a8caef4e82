import type { FieldError } from '../../shared/errors.ts';
import { escapePointer } from './pointer.ts';

/** An object or a list that contains the current position of the scan. */
interface Level {
  /** The keys of an object that the scan has passed. Absent for a list. */
  keys?: Set<string>;
  /** The pointer of the level itself. */
  pointer: string;
  /** The current key of an object, or the current index in a list. */
  at: string | number;
}

/**
 * Finds keys that occur twice in one object of a valid JSON text. Parsers disagree on which of the two values counts, so a body
 * that one component has checked could mean something else to the next one.
 * Source: https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
export const duplicateKeys = (text: string): FieldError[] => {
  const errors: FieldError[] = [];
  const levels: Level[] = [];
  let level: Level | undefined;
  const open = (keys?: Set<string>) => {
    level = { ...(keys && { keys }), pointer: level ? pointerOf(level) : '', at: keys ? '' : 0 };
    levels.push(level);
  };
  for (let position = 0; position < text.length; position += 1) {
    const sign = text[position];
    if (sign === '{') open(new Set());
    else if (sign === '[') open();
    else if (sign === '}' || sign === ']') {
      levels.pop();
      level = levels.at(-1);
    } else if (sign === ',' && typeof level?.at === 'number') level.at += 1;
    else if (sign === '"') {
      const end = endOfString(text, position);
      if (level?.keys && isKey(text, end)) {
        const key = JSON.parse(text.slice(position, end)) as string;
        level.at = key;
        if (level.keys.has(key))
          errors.push({ pointer: pointerOf(level), code: 'duplicate_field', detail: 'It occurs twice.' });
        level.keys.add(key);
      }
      position = end - 1;
    }
  }
  return errors;
};

const pointerOf = ({ pointer, at }: Level): string => `${pointer}/${escapePointer(String(at))}`;

/** The position after the closing quote of the string that begins at `start`. */
const endOfString = (text: string, start: number): number => {
  let position = start + 1;
  while (text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return position + 1;
};

/** Whether a colon follows the string that ends at `end`, which makes the string a key. */
const isKey = (text: string, end: number): boolean => {
  let position = end;
  while (/\s/.test(text[position] ?? '')) position += 1;
  return text[position] === ':';
};
