type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Merges records into one. Their names have to be unique: of two entries with the same name, only the later one is kept. */
export const flatten = <G extends Record<string, object>>(records: G) =>
  Object.assign({}, ...Object.values(records)) as Intersection<G[keyof G]>;
