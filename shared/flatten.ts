type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The entries of all records of a record, as one. Names that stand in two of them would be lost: there are none. */
export const flatten = <G extends Record<string, object>>(records: G) =>
  Object.assign({}, ...Object.values(records)) as Intersection<G[keyof G]>;
