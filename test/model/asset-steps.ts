import * as fc from 'fast-check';
import type { Asking } from './answer.ts';
import { asker, by, called, choose, number, pool, poolFor, user, userFor } from './choices.ts';
import { makeDataSource, makePolicy, makePool, makeResource } from './making.ts';
import { deletePool, reassign } from './changing.ts';
import { step } from './step.ts';

const makers = {
  resource: makeResource,
  'resource of the pool’s owner': (asking: Asking, { poolId }: { poolId: string }) => makeResource(asking, { poolId }),
  pool: makePool,
  policy: makePolicy,
  'data source': makeDataSource,
};

export const assetSteps = {
  make: step(
    'make',
    fc.record({
      kind: fc.constantFrom(...(Object.keys(makers) as (keyof typeof makers)[])),
      asker,
      owner: user,
      named: fc.array(user, { minLength: 1, maxLength: 2 }),
      pool,
    }),
    async (scene, choice) => {
      const [actor, owner] = [userFor(scene, choice.asker), userFor(scene, choice.owner)];
      const named = [...new Set(choice.named.map((each) => userFor(scene, each).id))];
      const making = { ownerId: owner.id, poolId: poolFor(scene, choice.pool), named };
      const refusal = await makers[choice.kind](by(scene, actor), making);
      return {
        what: `a ${choice.kind} for ${called(owner)}, by ${called(actor)}`,
        refusal,
        touched: [owner.id],
        makes: true,
      };
    },
  ),
  reassign: step(
    'reassign',
    fc.record({ asker, asset: number, foreign: fc.integer({ min: 0, max: 15 }), owner: user }),
    async (scene, choice) => {
      const [actor, owner] = [userFor(scene, choice.asker), userFor(scene, choice.owner)];
      const { assets } = choice.foreign === 15 ? scene.other : scene.model;
      const asset = choose([...assets.values()], choice.asset);
      if (!asset) throw new Error('An organization has its root pool');
      const refusal = await reassign(by(scene, actor), asset, owner.id);
      return {
        what: `${asset.kind} ${asset.id} to ${called(owner)}, by ${called(actor)}`,
        refusal,
        touched: [owner.id, asset.ownerId],
      };
    },
  ),
  deletePool: step('delete pool', fc.record({ asker, pool }), async (scene, choice) => {
    const [actor, poolId] = [userFor(scene, choice.asker), poolFor(scene, choice.pool)];
    const refusal = await deletePool(by(scene, actor), poolId);
    return { what: `${poolId} by ${called(actor)}`, refusal, makes: true };
  }),
};
