import * as z from 'zod';

/**
 * Several versions of Roster share one table: during a gradual deployment, after a rollback and after a restore. Therefore every
 * reader accepts values that a newer version may have stored. These rules apply to every item, and to every response that shows
 * one:
 * - A known value has its literal type. Any other value is an `UnknownValue`: a text that is displayed and written back
 *   unchanged, but grants no right, is never counted and triggers no mail. Requests still accept only known values.
 * - Unknown attributes are ignored. They are preserved, because existing items are changed by an update, never replaced by a put.
 * - Due work of an unknown kind stays due until a worker that knows the kind does it.
 * A newer version must not rely on anything else. The values that invariants count (active users, organization managers, pending
 * invites) are the same in every version.
 */
export type UnknownValue = string & { readonly [unknownValue]: true };

declare const unknownValue: unique symbol;

export type OpenEnum<T extends string> = T | UnknownValue;

/**
 * An enum that accepts any text. OpenAPI lists the known values and allows others, so that clients which were generated from its
 * document accept responses of a later version.
 */
export const openEnum = <const T extends string>(values: readonly T[]): z.ZodType<OpenEnum<T>, OpenEnum<T>> =>
  z.string().meta({ enum: values, open: true }) as unknown as z.ZodType<OpenEnum<T>, OpenEnum<T>>;

export const isKnown = <T extends string>(values: readonly T[], value: string): value is T =>
  values.some((each) => each === value);

/** Looks up a value in a table of known values. Undefined for an unknown value: `entryOf(statusTexts, status) ?? status`. */
export const entryOf = <T extends string, V>(
  entries: Readonly<Partial<Record<T, V>>>,
  value: OpenEnum<T>,
): V | undefined => (Object.hasOwn(entries, value) ? entries[value as T] : undefined);
