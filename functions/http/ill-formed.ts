import type { FieldError } from '../../shared/errors.ts';
import { escapePointer } from './pointer.ts';

/** Finds texts with a lone surrogate in a parsed body. JSON can express one with an escape, but UTF-8 and the table cannot. */
export const illFormed = (value: unknown, pointer = ''): FieldError[] => {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [{ pointer, code: 'ill_formed', detail: 'There is half a character in it.' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => illFormed(part, `${pointer}/${escapePointer(key)}`));
};
