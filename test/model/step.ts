import * as fc from 'fast-check';
import type { Model } from './model.ts';
import type { Refusal } from './refusals.ts';
import type { World } from './world.ts';

/** Two organizations side by side: one that something is asked of, and the other. */
export interface Scene {
  world: World;
  model: Model;
  other: Model;
}

/** What became of a step, for who reads why a history failed. */
export interface Told {
  what: string;
  refusal?: Refusal;
  /** Users whom it was about. */
  touched?: string[];
  /** Whether there may be more or fewer assets afterwards. */
  makes?: true;
}

/** A step of a history. Its numbers choose among what there is by then, so any history can be cut anywhere. */
export interface Step {
  run: (scene: Scene) => Promise<Told>;
}

/** Makes steps of one kind. `given`: the choices that it takes. */
export const step = <S>(
  name: string,
  given: fc.Arbitrary<S>,
  run: (scene: Scene, choice: S) => Promise<Told>,
): fc.Arbitrary<Step> =>
  given.map((choice) => ({
    run: async (scene) => {
      const told = await run(scene, choice);
      return { ...told, what: `${name} ${told.what}` };
    },
    [fc.toStringMethod]: () => `${name} ${fc.stringify(choice)}`,
  }));
