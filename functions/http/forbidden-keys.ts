import type { FieldError } from '../../shared/errors.ts';
import { escapePointer } from './pointer.ts';

/** The keys for which the parser refuses a body, because they could change an object's prototype. Empty if the text is not JSON. */
export const forbiddenKeys = (text: string): FieldError[] => {
  try {
    return [...find(JSON.parse(text), '')];
  } catch {
    return [];
  }
};

function* find(value: unknown, pointer: string): Generator<FieldError> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const here = `${pointer}/${escapePointer(key)}`;
    if (isForbidden(key, part)) yield { pointer: here, code: 'forbidden_key', detail: 'No field may be called this.' };
    else yield* find(part, here);
  }
}

/** Parses JSON without its forbidden keys. */
export const parseWithoutForbiddenKeys = (text: string): unknown =>
  JSON.parse(text, (key, part: unknown) => (isForbidden(key, part) ? undefined : part));

const isForbidden = (key: string, part: unknown): boolean =>
  key === '__proto__' || (key === 'constructor' && typeof part === 'object' && Object.hasOwn(part ?? {}, 'prototype'));
