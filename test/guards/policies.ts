import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { deleteDataSource } from '../../shared/data-sources/delete-data-source.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import { deletePolicy } from '../../shared/policies/delete-policy.ts';
import { policiesMax } from '../../shared/limits.ts';
import { policyRecords } from '../../shared/policies/policy.ts';
import { updatePolicy } from '../../shared/policies/update-policy.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import type { Result } from '../../shared/result.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import {
  addPool,
  anIdempotency,
  plantScene,
  removeOwner,
  replayGuard,
  requestOf,
  valueOf,
  type AssetScene,
  type Repeated,
} from '../support/guard-scenes.ts';
import { guarded, rightGuards, tableOf } from '../support/guarded.ts';
import { callerOf, servicesOf } from '../support/operations.ts';

/** A pool, a data source, and a policy that the manager owns. */
interface PolicyScene extends AssetScene, Repeated {
  poolId: string;
  dataSourceId: string;
  policyId: string;
}

type Planted = Omit<PolicyScene, 'run'>;

const budget = { type: 'budget', name: 'Budget', amount: 1 } as const;

const plant = async (): Promise<Planted> => {
  const scene = await plantScene();
  const { organizationId, params, manager } = scene;
  const services = servicesOf(organizationId);
  const poolId = await addPool(scene, { name: 'Engineering' });
  const source = { type: 'aws', name: 'Main', accountId: '1' } as const;
  const { id: dataSourceId } = await valueOf(createDataSource(services)(callerOf(manager), requestOf(params, source)));
  const { id: policyId } = await valueOf(createPolicy(services)(callerOf(manager), requestOf(params, budget)));
  return { ...scene, poolId, dataSourceId, policyId };
};

/** The optional fields of a request. */
type Choose = (scene: Planted) => {
  ownerId?: string;
  poolId?: string;
  filters?: { dataSourceIds?: string[]; ownerIds?: string[] };
};

const creating = async (choose: Choose, repeated = false): Promise<PolicyScene> => {
  const scene = await plant();
  const input = {
    ...requestOf(scene.params, { ...budget, ...choose(scene) }),
    ...(repeated && { idempotency: anIdempotency() }),
  };
  return { ...scene, run: (services) => createPolicy(services)(callerOf(scene.actor), input) };
};

const changing = async (choose: Choose): Promise<PolicyScene> => {
  const scene = await plant();
  const input = requestOf({ ...scene.params, policyId: scene.policyId }, { name: 'Renamed', ...choose(scene) });
  return { ...scene, run: (services) => updatePolicy(services)(callerOf(scene.actor), input) };
};

const deleting = async (): Promise<PolicyScene> => {
  const scene = await plant();
  return { ...scene, run: (services) => deletePolicy(services)(callerOf(scene.actor), itself(scene)) };
};

const itself = ({ params, policyId }: Planted) => requestOf({ ...params, policyId }, undefined);

const erasePool = ({ organizationId, params, manager, poolId }: PolicyScene) =>
  valueOf(deletePool(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, poolId }, undefined)));

const disconnect = ({ organizationId, params, manager, dataSourceId }: PolicyScene) =>
  valueOf(
    deleteDataSource(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, dataSourceId }, undefined)),
  );

const succeeded = (_scene: PolicyScene, result: Result<unknown>): boolean => result.ok;

const organizationItemOf = ({ organizationId }: PolicyScene) =>
  tableOf(organizationId).get(keys.organization(organizationId));

const onPool: Choose = ({ poolId }) => ({ poolId });
const filteredBySource: Choose = ({ dataSourceId }) => ({ filters: { dataSourceIds: [dataSourceId] } });

export const policyGuards = [
  guarded<PolicyScene>({
    operation: 'createPolicy',
    scene: () => creating(() => ({})),
    guards: {
      ...rightGuards,
      'idempotency: no item or ttl <=': replayGuard('a repeated request creates two policies', () =>
        creating(() => ({}), true),
      ),
      'organization: no policies or policies <': {
        harm: 'an organization has more policies than one request can read',
        scene: async () => {
          const scene = await creating(() => ({}));
          await tableOf(scene.organizationId).transact([
            update(keys.organization(scene.organizationId), { set: { policies: policiesMax - 1 } }),
          ]);
          return scene;
        },
        meanwhile: ({ organizationId, params, manager }) =>
          valueOf(createPolicy(servicesOf(organizationId))(callerOf(manager), requestOf(params, budget))),
        harmed: succeeded,
      },
      'user: status =': [
        {
          harm: 'a policy is assigned to a user who was just removed',
          scene: () => creating(({ owner }) => ({ ownerId: owner.id })),
          meanwhile: removeOwner,
          harmed: succeeded,
        },
        {
          harm: 'a policy is limited to the assets of a user who was just removed',
          scene: () => creating(({ owner }) => ({ filters: { ownerIds: [owner.id] } })),
          meanwhile: removeOwner,
          harmed: succeeded,
        },
      ],
      'settings: has item': {
        harm: 'a policy is limited to a data source that was just deleted',
        scene: () => creating(filteredBySource),
        meanwhile: disconnect,
        harmed: succeeded,
      },
      'organization: treeVersion =': {
        harm: 'a policy for a pool that was just deleted applies to the pool above it',
        scene: () => creating(onPool),
        meanwhile: erasePool,
        harmed: succeeded,
      },
    },
  }),
  guarded<PolicyScene>({
    operation: 'updatePolicy',
    scene: () => changing(() => ({})),
    guards: {
      ...rightGuards,
      'settings: version =': {
        harm: 'a concurrent change of the same policy is reverted',
        meanwhile: ({ organizationId, params, manager, policyId }) =>
          valueOf(
            updatePolicy(servicesOf(organizationId))(
              callerOf(manager),
              requestOf({ ...params, policyId }, { amount: 2 }),
            ),
          ),
        harmed: async ({ organizationId, policyId }) => {
          const { content } = policyRecords.parse(
            await tableOf(organizationId).get(keys.setting(organizationId, 'policy', policyId)),
          );
          return content.type !== 'budget' || content.amount !== 2;
        },
      },
      'user: status =': {
        harm: 'a policy is assigned to a user who was just removed',
        scene: () => changing(({ owner }) => ({ ownerId: owner.id })),
        meanwhile: removeOwner,
        harmed: succeeded,
      },
      'settings: has item': {
        harm: 'a policy is limited to a data source that was just deleted',
        scene: () => changing(filteredBySource),
        meanwhile: disconnect,
        harmed: succeeded,
      },
      'organization: treeVersion =': {
        harm: 'a policy for a pool that was just deleted applies to the pool above it',
        scene: () => changing(onPool),
        meanwhile: erasePool,
        harmed: succeeded,
      },
    },
  }),
  guarded<PolicyScene>({
    operation: 'deletePolicy',
    scene: deleting,
    guards: {
      ...rightGuards,
      'settings: version =': {
        harm: 'a policy that two concurrent requests delete is subtracted twice from the number of policies',
        meanwhile: (scene) =>
          valueOf(deletePolicy(servicesOf(scene.organizationId))(callerOf(scene.manager), itself(scene))),
        harmed: async (scene) => (await organizationItemOf(scene))?.policies !== 0,
      },
    },
  }),
];
