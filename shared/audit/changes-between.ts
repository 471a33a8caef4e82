import { sameValue } from '../same-value.ts';

/** What an audit event says of a change: the named fields that differ, before and after; undefined when none does. */
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
