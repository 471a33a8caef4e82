import { expect } from 'vitest';
import type { Input, Operation, Output, Route } from '../../shared/api/route.ts';
import type { Model } from './model.ts';
import type { Refusal } from './refusals.ts';
import { ask } from './asking.ts';
import type { World } from './world.ts';

/** Whoever asks, and where. */
export interface Asking {
  world: World;
  model: Model;
  /** The `sub` of who asks. */
  by: string;
}

/** Asks, and has to be answered as the model says: refused by this name, or, the value of the promise, done. */
export const answer = async <R extends Route>(
  { world, model, by }: Asking,
  _row: R,
  operation: Operation<R>,
  refusal: Refusal,
  input: Input<R>,
): Promise<Output<R> | undefined> => {
  const result = await ask(world, model.organizationId, by, operation, input);
  expect(result.ok ? 'done' : result.error.code).toBe(refusal ?? 'done');
  return result.ok ? result.value : undefined;
};
