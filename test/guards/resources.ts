import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { deleteDataSource } from '../../shared/data-sources/delete-data-source.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { deleteResource } from '../../shared/resources/delete-resource.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { updateResource } from '../../shared/resources/update-resource.ts';
import type { Result } from '../../shared/result.ts';
import { keys } from '../../shared/table/keys.ts';
import {
  actingAs,
  addPool,
  anIdempotency,
  leaveActorWith,
  movePool,
  plantScene,
  removeOwner,
  removeOwnerTo,
  replayGuard,
  requestOf,
  valueOf,
  type AssetScene,
  type Repeated,
} from '../support/guard-scenes.ts';
import { guarded, rightGuards, tableOf } from '../support/guarded.ts';
import { callerOf, servicesOf } from '../support/operations.ts';

/** Two pools. The first has a sub-pool with a resource; the owner owns the sub-pool and the resource. */
interface ResourceScene extends AssetScene, Repeated {
  engineering: string;
  platform: string;
  finance: string;
  dataSourceId: string;
  resourceId: string;
}

type Planted = Omit<ResourceScene, 'run'>;

const managerOf = (poolId: string) => ({ role: 'manager', poolId }) as const;

const server = { name: 'Server', type: 'vm', tags: {} };

const plant = async (): Promise<Planted> => {
  const scene = await plantScene();
  const { organizationId, params, manager, owner } = scene;
  const engineering = await addPool(scene, { name: 'Engineering' });
  const platform = await addPool(scene, { name: 'Platform', parentId: engineering, defaultOwnerId: owner.id });
  const finance = await addPool(scene, { name: 'Finance' });
  const services = servicesOf(organizationId);
  const source = { type: 'aws', name: 'Main', accountId: '1' } as const;
  const { id: dataSourceId } = await valueOf(createDataSource(services)(callerOf(manager), requestOf(params, source)));
  const resource = requestOf(params, { ...server, poolId: platform });
  const { id: resourceId } = await valueOf(createResource(services)(callerOf(manager), resource));
  return { ...scene, engineering, platform, finance, dataSourceId, resourceId };
};

/** The actor is a manager of both pools. */
const plantManager = async (): Promise<Planted> => {
  const scene = await plant();
  return actingAs(scene, managerOf(scene.engineering), managerOf(scene.finance));
};

/** The same scene, in which the organization manager owns the resource. */
const plantManagersOwn = async (): Promise<Planted> => {
  const scene = await plantManager();
  await change(scene, { ownerId: scene.manager.id });
  return scene;
};

/** The actor is an engineer who took over the resource when its owner was removed. */
const plantEngineer = async (): Promise<Planted> => {
  const place = await plant();
  const scene = await actingAs(place, { role: 'engineer', poolId: place.engineering });
  await removeOwnerTo(scene, scene.actor);
  return scene;
};

type NewResource = Parameters<ReturnType<typeof createResource>>[1]['body'];
type Changes = Parameters<ReturnType<typeof updateResource>>[1]['body'];

const creating = async (choose: (scene: Planted) => Partial<NewResource>, repeated = false): Promise<ResourceScene> => {
  const scene = await plantManager();
  const input = {
    ...requestOf(scene.params, { ...server, poolId: scene.platform, ...choose(scene) }),
    ...(repeated && { idempotency: anIdempotency() }),
  };
  return { ...scene, run: (services) => createResource(services)(callerOf(scene.actor), input) };
};

/** Ingests a single item, because the guards are the same for each item of a request. */
const ingesting = async (
  choose: (scene: Planted) => Partial<NewResource>,
  repeated = false,
): Promise<ResourceScene> => {
  const scene = await plantManager();
  const input = {
    ...requestOf(scene.params, { items: [{ ...server, poolId: scene.platform, ...choose(scene) }] }),
    ...(repeated && { idempotency: anIdempotency() }),
  };
  return { ...scene, run: (services) => ingestResources(services)(callerOf(scene.actor), input) };
};

const changing = async (
  choose: (scene: Planted) => Changes,
  place: () => Promise<Planted> = plantManager,
): Promise<ResourceScene> => {
  const scene = await place();
  const input = requestOf({ ...scene.params, resourceId: scene.resourceId }, choose(scene));
  return { ...scene, run: (services) => updateResource(services)(callerOf(scene.actor), input) };
};

const moving = () => changing(({ finance }) => ({ poolId: finance }));
const editingAsEngineer = () => changing(() => ({ name: 'Edited' }), plantEngineer);

const deleting = async (): Promise<ResourceScene> => {
  const scene = await plantManager();
  const input = requestOf({ ...scene.params, resourceId: scene.resourceId }, undefined);
  return { ...scene, run: (services) => deleteResource(services)(callerOf(scene.actor), input) };
};

/** Identifies the resource that a request adds by its data source and its id there. */
const named = ({ dataSourceId }: Planted) => ({ dataSourceId, externalId: 'i-1' });

/** The manager adds the same resource to another pool. */
const addElsewhere = (scene: ResourceScene) => {
  const { organizationId, params, manager, finance } = scene;
  const body = { ...server, poolId: finance, ...named(scene) };
  return valueOf(createResource(servicesOf(organizationId))(callerOf(manager), requestOf(params, body)));
};

/** The manager changes the resource. */
const change = ({ organizationId, params, manager, resourceId }: Planted, body: Changes) =>
  valueOf(updateResource(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, resourceId }, body)));

/** The manager deletes the resource. */
const erase = ({ organizationId, params, manager, resourceId }: ResourceScene) =>
  valueOf(
    deleteResource(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, resourceId }, undefined)),
  );

const disconnect = ({ organizationId, params, manager, dataSourceId }: ResourceScene) =>
  valueOf(
    deleteDataSource(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, dataSourceId }, undefined)),
  );

/** Moves the resource's pool directly below the root pool, and so out of the pool through which the actor manages it. */
const moveOutOfReach = (scene: ResourceScene) => movePool(scene, scene.platform, scene.rootPoolId);

const succeeded = (_scene: ResourceScene, result: Result<unknown>): boolean => result.ok;

/** Whether the item was created. A bulk request succeeds even if it refuses the item. */
const added = (_scene: ResourceScene, result: Result<unknown>): boolean =>
  result.ok && (result.value as Ingested).results[0]?.outcome === 'created';

type Ingested = Extract<Awaited<ReturnType<ReturnType<typeof ingestResources>>>, { ok: true }>['value'];

const stored = ({ organizationId, resourceId }: ResourceScene) =>
  tableOf(organizationId).get(keys.resource(organizationId, resourceId));

/** Whether the table holds an incomplete resource: an update of a deleted item would create an item with the changed attributes only. */
const isHalf = async (scene: ResourceScene): Promise<boolean> => {
  const item = await stored(scene);
  return item !== undefined && item.type === undefined;
};

const { 'membership: assignments include': rightLost, ...otherRightGuards } = rightGuards;

export const resourceGuards = [
  guarded<ResourceScene>({
    operation: 'createResource',
    scene: () => creating(({ owner }) => ({ ownerId: owner.id })),
    guards: {
      ...rightGuards,
      'idempotency: no item or ttl <=': replayGuard('a repeated request creates two resources', () =>
        creating(() => ({}), true),
      ),
      'resource: no item': {
        harm: 'a resource that was just added is overwritten by another',
        scene: () => creating(named),
        meanwhile: addElsewhere,
        harmed: succeeded,
      },
      'user: status =': [
        {
          harm: 'a resource is assigned to a user who was just removed',
          meanwhile: removeOwner,
          harmed: succeeded,
        },
        {
          harm: 'the response shows a user who was just removed as the owner',
          scene: () => creating(() => ({})),
          meanwhile: removeOwner,
          harmed: ({ owner }, result) => result.ok && (result.value as { ownerId: string }).ownerId === owner.id,
        },
      ],
      'settings: has item': {
        harm: 'a new resource refers to a data source that was just deleted',
        scene: () => creating(named),
        meanwhile: disconnect,
        harmed: succeeded,
      },
      'organization: treeVersion =': {
        harm: 'a resource is added to a pool that was just moved out of the actor’s pools',
        meanwhile: moveOutOfReach,
        harmed: succeeded,
      },
    },
  }),
  guarded<ResourceScene>({
    operation: 'ingestResources',
    scene: () => ingesting(({ owner }) => ({ ownerId: owner.id })),
    guards: {
      ...rightGuards,
      'idempotency: no item or ttl <=': replayGuard('a repeated request creates two resources', () =>
        ingesting(() => ({}), true),
      ),
      'resource: no item': {
        harm: 'a resource that was just added to one pool is overwritten with another pool',
        scene: () => ingesting(named),
        meanwhile: async (scene) => {
          scene.resourceId = (await addElsewhere(scene)).id;
        },
        harmed: async (scene) => (await stored(scene))?.poolId !== scene.finance,
      },
      'resource: version =': {
        harm: 'an incomplete record remains of a resource that was just deleted',
        scene: async () => {
          const scene = await ingesting((place) => ({ ...named(place), name: 'Renamed' }));
          scene.resourceId = (await addElsewhere(scene)).id;
          return scene;
        },
        meanwhile: erase,
        harmed: isHalf,
      },
      'user: status =': {
        harm: 'a resource is assigned to a user who was just removed',
        meanwhile: removeOwner,
        harmed: added,
      },
      'settings: has item': {
        harm: 'a new resource refers to a data source that was just deleted',
        scene: () => ingesting(named),
        meanwhile: disconnect,
        harmed: added,
      },
      'organization: treeVersion =': {
        harm: 'a resource is added to a pool that was just moved out of the actor’s pools',
        meanwhile: moveOutOfReach,
        harmed: added,
      },
    },
  }),
  guarded<ResourceScene>({
    operation: 'updateResource',
    scene: moving,
    guards: {
      ...otherRightGuards,
      'membership: assignments include': [
        rightLost,
        {
          harm: 'a resource is moved into a pool that the actor no longer manages',
          meanwhile: (scene) => leaveActorWith(scene, [managerOf(scene.engineering)]),
          harmed: succeeded,
        },
        {
          harm: 'a resource is moved out of a pool that the actor no longer manages',
          meanwhile: (scene) => leaveActorWith(scene, [managerOf(scene.finance)]),
          harmed: succeeded,
        },
      ],
      'user: holdings include': {
        harm: 'an engineer edits a resource that was just returned to its restored owner',
        scene: editingAsEngineer,
        meanwhile: ({ organizationId, params, manager, owner }) =>
          valueOf(
            restoreUser(servicesOf(organizationId))(
              callerOf(manager),
              requestOf({ ...params, userId: owner.id }, undefined),
            ),
          ),
        harmed: succeeded,
      },
      'resource: version =': [
        {
          harm: 'an engineer edits a resource that was just assigned to another user',
          scene: editingAsEngineer,
          meanwhile: (scene) => change(scene, { ownerId: scene.manager.id }),
          harmed: succeeded,
        },
        {
          harm: 'an incomplete record remains of a resource that was just deleted',
          meanwhile: erase,
          harmed: isHalf,
        },
      ],
      'user: status =': {
        harm: 'a resource is assigned to a user who was just removed',
        scene: () => changing(({ owner }) => ({ ownerId: owner.id }), plantManagersOwn),
        meanwhile: removeOwner,
        harmed: succeeded,
      },
      'organization: treeVersion =': {
        harm: 'a resource is edited although its pool was just moved out of the actor’s pools',
        scene: () => changing(() => ({ name: 'Edited' })),
        meanwhile: moveOutOfReach,
        harmed: succeeded,
      },
    },
  }),
  guarded<ResourceScene>({
    operation: 'deleteResource',
    scene: deleting,
    guards: {
      ...rightGuards,
      'resource: version =': {
        harm: 'a resource is deleted although it was just moved out of the actor’s pools',
        meanwhile: (scene) => change(scene, { poolId: scene.rootPoolId }),
        harmed: succeeded,
      },
      'organization: treeVersion =': {
        harm: 'a resource is deleted although its pool was just moved out of the actor’s pools',
        meanwhile: moveOutOfReach,
        harmed: succeeded,
      },
    },
  }),
];
