import * as z from 'zod';

/**
 * Versions of Roster share one table: during a gradual deployment, after a rollback, and after a restore. Therefore a reader
 * accepts what a newer version may have stored. The rule, for every item and for every response that shows one:
 * - A known value is typed. Any other value is an `UnknownValue`: text that is shown and written back, and that allows, counts
 *   and sends nothing. Requests still accept known values only.
 * - Unknown attributes are ignored, and survive because an item that exists is changed by an update, not replaced by a put.
 * - Work of an unknown kind stays due for a worker that knows it.
 * A newer version relies on nothing else. What an invariant counts (active users, organization managers, pending invites) keeps
 * its known value in every version.
 */
export type UnknownValue = string & { readonly [unknownValue]: true };

declare const unknownValue: unique symbol;

export type OpenEnum<T extends string> = T | UnknownValue;

/** An enum that accepts every text. OpenAPI describes the known values only: they are what this version writes. */
export const openEnum = <const T extends string>(values: readonly T[]): z.ZodType<OpenEnum<T>, OpenEnum<T>> =>
  z.string().meta({ enum: values }) as unknown as z.ZodType<OpenEnum<T>, OpenEnum<T>>;

export const isKnown = <T extends string>(values: readonly T[], value: string): value is T =>
  values.some((each) => each === value);

/** What a table by known values has for a value; undefined for an unknown one. `entryOf(statusTexts, status) ?? status`. */
export const entryOf = <T extends string, V>(
  entries: Readonly<Partial<Record<T, V>>>,
  value: OpenEnum<T>,
): V | undefined => (Object.hasOwn(entries, value) ? entries[value as T] : undefined);
