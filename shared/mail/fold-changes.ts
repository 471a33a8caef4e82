import type { Change } from './notice.ts';

/**
 * Reduces changes, oldest first, to their effect: for each thing its latest change, and none if the thing is again what it was
 * before. Changes of unknown things, which earlier versions of Roster stored, are all kept. Folding changes in parts has the same
 * result as folding them at once.
 */
export const foldChanges = (changes: readonly Change[]): Change[] => {
  const effects = new Map<string, Change>();
  for (const [position, change] of changes.entries()) {
    const thing = change.thing ?? `unknown ${position}`;
    const before = effects.get(thing)?.before ?? change.before;
    // Deleted first, so that the order is that of the latest changes.
    effects.delete(thing);
    if (change.thing === undefined || before !== change.after) effects.set(thing, { ...change, before });
  }
  return [...effects.values()];
};

/** Leaves out changes before the end of a person's access, because they no longer concern that person. */
export const reportedChanges = (changes: readonly Change[]): readonly Change[] =>
  changes.slice(Math.max(0, changes.map(({ kind }) => kind).lastIndexOf('removed')));
