/**
 * Checks that a stored draft has the shape that its form expects. Another version of the console may have stored it, or the person
 * may have edited it in the browser's developer tools.
 */
export type Shape<T> = (value: unknown) => value is T;

export const textShape: Shape<string> = (value): value is string => typeof value === 'string';

export const flagShape: Shape<boolean> = (value): value is boolean => typeof value === 'boolean';

/** One of the known values, for example of a role. A draft with any other value is ignored. */
export const oneOf =
  <T extends string>(values: readonly T[]): Shape<T> =>
  (value): value is T =>
    (values as readonly unknown[]).includes(value);

export const optionalShape =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || shape(value);

export const listOf =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(shape);

/** An object with at least these fields. With `T` stated, the compiler reports a field of a draft that is missing here. */
export const objectOf =
  <T extends object>(fields: { [K in keyof Required<T>]: (value: unknown) => boolean }): Shape<T> =>
  (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<(field: unknown) => boolean>(fields).every(([name, shape]) =>
      shape((value as Record<string, unknown>)[name]),
    );
