import type { ErrorCode, Failure } from './errors.ts';

/** What a decision returns: decisions return, faults throw. */
export type Result<T, E = Failure> = { ok: true; value: T } | { ok: false; error: E };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const err = <E>(error: E): { ok: false; error: E } => ({ ok: false, error });

/** The result of a decision against the caller. */
export const fail = (code: ErrorCode, detail?: string, more: Omit<Failure, 'code' | 'detail'> = {}) =>
  err<Failure>({ code, ...(detail !== undefined && { detail }), ...more });
