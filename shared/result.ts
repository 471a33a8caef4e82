import type { ErrorCode, Failure } from './errors.ts';

/** The result of a decision. Decisions return, and faults throw. */
export type Result<T, E = Failure> = { ok: true; value: T } | { ok: false; error: E };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const err = <E>(error: E): { ok: false; error: E } => ({ ok: false, error });

/** The result of a decision against the caller. */
export const fail = (code: ErrorCode, detail?: string, more: Omit<Failure, 'code' | 'detail'> = {}) =>
  err<Failure>({ code, ...(detail !== undefined && { detail }), ...more });

/**
 * Refuses one field of the request. `pointer`: the JSON Pointer of the field; `fieldDetail`: the sentence shown at the field.
 * `detail` describes the whole failure; without it, the sentence of the code does.
 */
export const failAt = (pointer: string, code: ErrorCode, fieldDetail: string, detail?: string) =>
  fail(code, detail, { errors: [{ pointer, code, detail: fieldDetail }] });
