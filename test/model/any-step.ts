import * as fc from 'fast-check';
import { assetSteps } from './asset-steps.ts';
import { work } from './leaving.ts';
import { peopleSteps } from './people-steps.ts';
import { step, type Step } from './step.ts';

const steps = {
  ...peopleSteps,
  ...assetSteps,
  work: step('work', fc.record({ minutesLater: fc.constantFrom(0, 2, 10) }), async (scene, { minutesLater }) => {
    scene.world.advance(minutesLater * 60_000);
    await work(scene.world, [scene.model, scene.other]);
    return { what: `${minutesLater} minutes later` };
  }),
};

const weights: Record<keyof typeof steps, number> = {
  make: 4,
  reassign: 4,
  remove: 8,
  leave: 2,
  restore: 5,
  account: 5,
  sweep: 3,
  invite: 3,
  accept: 4,
  reviseInvite: 2,
  changeRoles: 2,
  deletePool: 2,
  work: 3,
};

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  ...(Object.keys(steps) as (keyof typeof steps)[]).map((name) => ({ weight: weights[name], arbitrary: steps[name] })),
);
