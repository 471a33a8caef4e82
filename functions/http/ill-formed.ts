import type { FieldError } from '../../shared/errors.ts';
import { escapePointer } from './pointer.ts';

/** The texts of a parsed body that have half a character in them: JSON can say such, UTF-8 cannot, and the table takes none. */
export const illFormed = (value: unknown, pointer = ''): FieldError[] => {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [{ pointer, code: 'ill_formed', detail: 'There is half a character in it.' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => illFormed(part, `${pointer}/${escapePointer(key)}`));
};
