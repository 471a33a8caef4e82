/** Anything that has an id, and the name that people know it by. The name of an invite is its email address. */
export interface Named {
  id: string;
  name: string;
}

/** Finds the name of the object with an id. Undefined if it is unknown, or if the text is no id at all. */
export type NameOf = (id: string) => string | undefined;

/** The names of those ids that `nameOf` knows, by id. */
export const namesOf = (ids: Iterable<string>, nameOf: NameOf): Record<string, string> =>
  Object.fromEntries(
    [...new Set(ids)].flatMap((id) => {
      const name = nameOf(id);
      return name === undefined ? [] : [[id, name] as const];
    }),
  );

/** Looks a name up in several places, one after the other. */
export const firstName =
  (...places: NameOf[]): NameOf =>
  (id) => {
    for (const nameOf of places) {
      const name = nameOf(id);
      if (name !== undefined) return name;
    }
    return undefined;
  };

export const idsOf = (objects: readonly Named[]): string[] => objects.map(({ id }) => id);

/** Finds the names of these objects. */
export const nameAmong = (objects: Iterable<Named>): NameOf => {
  const names = new Map([...objects].map(({ id, name }) => [id, name]));
  return (id) => names.get(id);
};
