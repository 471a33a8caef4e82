import { createPool } from '../../shared/pools/create-pool.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import { readPools } from '../../shared/pools/read-pools.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import {
  actingAs,
  addPool,
  leaveActorWith,
  movePool,
  plantScene,
  removeOwner,
  requestOf,
  valueOf,
  type AssetScene,
} from '../support/guard-scenes.ts';
import { guarded, rightGuards, tableOf } from '../support/guarded.ts';
import { callerOf, servicesOf } from '../support/operations.ts';

/** Two pools directly below the root pool, and a third pool below the first. */
interface PoolScene extends AssetScene {
  engineering: string;
  platform: string;
  finance: string;
}

const plant = async () => {
  const scene = await plantScene();
  const [engineering, finance] = [
    await addPool(scene, { name: 'Engineering' }),
    await addPool(scene, { name: 'Finance', monthlyLimit: 100 }),
  ];
  return {
    ...scene,
    engineering,
    finance,
    platform: await addPool(scene, { name: 'Platform', parentId: engineering, monthlyLimit: 100 }),
  };
};

type Planted = Omit<PoolScene, 'run'>;

/**
 * The request has no `Idempotency-Key`, because the guard of the remembered response prevents nothing here: each creation changes
 * the tree version, so the second of two concurrent requests starts over and finds the response of the first.
 */
const creating = async (): Promise<PoolScene> => {
  const scene = await plant();
  const body = { name: 'Data', parentId: scene.engineering, defaultOwnerId: scene.owner.id };
  return { ...scene, run: (services) => createPool(services)(callerOf(scene.actor), requestOf(scene.params, body)) };
};

type Body = Parameters<ReturnType<typeof updatePool>>[1]['body'];

const changing = async (
  choose: (scene: Planted) => { poolId: string; body: Body },
  place: Promise<Planted> = plant(),
): Promise<PoolScene> => {
  const scene = await place;
  const { poolId, body } = choose(scene);
  const params = { ...scene.params, poolId };
  return { ...scene, run: (services) => updatePool(services)(callerOf(scene.actor), requestOf(params, body)) };
};

const renaming = () => changing(({ platform }) => ({ poolId: platform, body: { name: 'Data' } }));

/** Moves a pool from one of the actor's pools to the other. */
const movingByManagerOfBoth = async (): Promise<PoolScene> => {
  const place = plant();
  const { engineering, finance } = await place;
  const manager = actingAs(await place, managerOf(engineering), managerOf(finance));
  return changing(({ platform }) => ({ poolId: platform, body: { parentId: finance } }), manager);
};

const deleting = async (): Promise<PoolScene> => {
  const scene = await plant();
  const params = { ...scene.params, poolId: scene.platform };
  return { ...scene, run: (services) => deletePool(services)(callerOf(scene.actor), requestOf(params, undefined)) };
};

const managerOf = (poolId: string) => ({ role: 'manager', poolId }) as const;

const erasePool = ({ organizationId, params, manager }: PoolScene, poolId: string) =>
  valueOf(deletePool(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, poolId }, undefined)));

const poolsNow = async ({ organizationId }: PoolScene) =>
  buildPoolTree(await readPools(tableOf(organizationId), organizationId));

/** Whether a pool is unreachable from the root pool. */
const someUnreachable = async (scene: PoolScene): Promise<boolean> => {
  const tree = await poolsNow(scene);
  return tree.subtree(scene.rootPoolId).length < tree.size;
};

const { 'membership: assignments include': rightLost, ...otherRightGuards } = rightGuards;

export const poolGuards = [
  guarded<PoolScene>({
    operation: 'createPool',
    scene: creating,
    guards: {
      ...rightGuards,
      'organization: treeVersion =': [
        {
          harm: 'a pool is created below a pool that was just deleted, and is unreachable from the root pool',
          meanwhile: async (scene) => {
            await erasePool(scene, scene.platform);
            await erasePool(scene, scene.engineering);
          },
          harmed: someUnreachable,
        },
        {
          harm: 'two pools with the same parent have the same name',
          meanwhile: (scene) => addPool(scene, { name: 'Data', parentId: scene.engineering }),
          harmed: (_scene, result) => result.ok,
        },
      ],
      'user: status =': {
        harm: 'a pool is assigned to a user who was just removed',
        meanwhile: removeOwner,
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<PoolScene>({
    operation: 'updatePool',
    scene: renaming,
    guards: {
      ...otherRightGuards,
      'membership: assignments include': [
        rightLost,
        {
          harm: 'a pool is moved into a pool that the actor no longer manages',
          scene: movingByManagerOfBoth,
          meanwhile: (scene) => leaveActorWith(scene, [managerOf(scene.engineering)]),
          harmed: (_scene, result) => result.ok,
        },
        {
          harm: 'a pool is moved out of a pool that the actor no longer manages',
          scene: movingByManagerOfBoth,
          meanwhile: (scene) => leaveActorWith(scene, [managerOf(scene.finance)]),
          harmed: (_scene, result) => result.ok,
        },
      ],
      'organization: treeVersion =': [
        {
          harm: 'two pools are moved below each other, and both are unreachable from the root pool',
          scene: () => changing(({ engineering, finance }) => ({ poolId: engineering, body: { parentId: finance } })),
          meanwhile: (scene) => movePool(scene, scene.finance, scene.engineering),
          harmed: someUnreachable,
        },
        {
          harm: 'the limits of the pools directly below a pool add up to more than its own limit',
          scene: () => changing(({ platform, finance }) => ({ poolId: platform, body: { parentId: finance } })),
          meanwhile: (scene) => addPool(scene, { name: 'Payroll', parentId: scene.finance, monthlyLimit: 1 }),
          harmed: (_scene, result) => result.ok,
        },
        {
          harm: 'a pool is renamed although it was just moved out of the actor’s pools',
          scene: async () => {
            const place = await plant();
            const manager = actingAs(place, managerOf(place.engineering));
            return changing(({ platform }) => ({ poolId: platform, body: { name: 'Data' } }), manager);
          },
          meanwhile: (scene) => movePool(scene, scene.platform, scene.rootPoolId),
          harmed: (_scene, result) => result.ok,
        },
        {
          harm: 'two pools with the same parent have the same name',
          meanwhile: (scene) => addPool(scene, { name: 'Data', parentId: scene.engineering }),
          harmed: (_scene, result) => result.ok,
        },
      ],
      'user: status =': {
        harm: 'a pool is assigned to a user who was just removed',
        scene: () => changing(({ platform, owner }) => ({ poolId: platform, body: { defaultOwnerId: owner.id } })),
        meanwhile: removeOwner,
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<PoolScene>({
    operation: 'deletePool',
    scene: deleting,
    guards: {
      ...rightGuards,
      'organization: treeVersion =': [
        {
          harm: 'a pool is deleted although another was just created below it, which is now unreachable from the root pool',
          meanwhile: (scene) => addPool(scene, { name: 'Data', parentId: scene.platform }),
          harmed: someUnreachable,
        },
        {
          harm: 'the contents of a deleted pool pass to its former parent, although it was just moved to another parent',
          meanwhile: (scene) => movePool(scene, scene.platform, scene.finance),
          harmed: async (scene) => (await poolsNow(scene)).currentPool(scene.platform)?.id !== scene.finance,
        },
      ],
    },
  }),
];
