/**
 * Turns the objects inside an attribute into instances of `Map`. The SDK's marshaller recognizes an object by the name of its
 * `constructor`, so it refuses an object in which a caller has named a key `constructor`. A `Map` keeps its keys elsewhere.
 * Source: `convertToAttr` of `@aws-sdk/util-dynamodb`.
 */
export const asMaps = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asMaps);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, part]) => [key, asMaps(part)]));
};
