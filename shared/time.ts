/** Milliseconds. */
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The instant that is this number of milliseconds after another. */
export const after = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString();

/** The day of an instant in UTC, `2026-11-23`. */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/** The midnight that ends the day of an instant, in UTC. */
export const endOfDay = (instant: string): string => after(`${dayOf(instant)}T00:00:00.000Z`, day);

/** The whole seconds from one instant to a later one, at least 1. */
export const secondsUntil = (from: string, to: string): number =>
  Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / second));

/** The whole seconds from one instant to another, or 0 if the second is earlier. */
export const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / second));

/** Seconds since 1970, the unit of DynamoDB's time to live. */
export const epochSeconds = (instant: string): number => Math.floor(Date.parse(instant) / second);
