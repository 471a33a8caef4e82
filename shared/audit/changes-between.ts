import { sameValue } from '../same-value.ts';

/**
 * The details of a change for its audit event: the values of the changed fields before and after. Undefined if none has changed.
 */
export const changesBetween = <T extends object>(
  before: T,
  after: T,
  fields: readonly (keyof T & string)[],
): { before: Partial<T>; after: Partial<T> } | undefined => {
  const differing = fields.filter((field) => !sameValue(before[field], after[field]));
  if (differing.length === 0) return undefined;
  const pick = (object: T) =>
    Object.fromEntries(
      differing.flatMap((field) => (object[field] === undefined ? [] : [[field, object[field]]])),
    ) as Partial<T>;
  return { before: pick(before), after: pick(after) };
};
