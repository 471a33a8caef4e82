import { sameJson } from './same-json.ts';

/** The fields of a form that differ from the saved object. */
export const changedFields = <T extends object>(entered: Partial<T>, saved: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(entered).filter(([name, value]) => !sameJson(value, (saved as Record<string, unknown>)[name])),
  ) as Partial<T>;
