import type { Idempotency } from '../../shared/api/route.ts';
import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { deleteDataSource } from '../../shared/data-sources/delete-data-source.ts';
import { updateDataSource } from '../../shared/data-sources/update-data-source.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { anIdempotency, replayGuard, requestOf, type Repeated } from '../support/guard-scenes.ts';
import { guarded, newestEvent, rightGuards, tableOf, type Scene } from '../support/guarded.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { aManager, aUser, plantOrganization } from '../support/planted.ts';
import type { User } from '../../shared/users/user.ts';

interface DataSourceScene extends Scene, Repeated {
  actor: User;
  params: { organizationId: string };
  dataSourceId: string;
  ownerId: string;
}

/** An organization with a manager, another user, and a data source that the manager owns. */
const plant = async () => {
  const [actor, other] = [aManager(), aUser()];
  const { id: organizationId, params } = await plantOrganization([actor, other]);
  const created = await createDataSource(servicesOf(organizationId))(callerOf(actor), {
    params,
    query: {},
    body: { type: 'aws', name: 'Main', accountId: '1' },
  });
  if (!created.ok) throw new Error(created.error.code);
  return { organizationId, params, actor, ownerId: other.id, dataSourceId: created.value.id };
};

const account = { type: 'aws', name: 'Second', accountId: '2' } as const;

const creating = async (more: { idempotency?: Idempotency } = {}): Promise<DataSourceScene> => {
  const scene = await plant();
  const body = { ...account, ownerId: scene.ownerId };
  const input = { ...requestOf(scene.params, body), ...more };
  return { ...scene, run: (services) => createDataSource(services)(callerOf(scene.actor), input) };
};

const changing = async (change: 'name' | 'owner'): Promise<DataSourceScene> => {
  const scene = await plant();
  const body = change === 'name' ? { name: 'Renamed' } : { ownerId: scene.ownerId };
  const params = { ...scene.params, dataSourceId: scene.dataSourceId };
  return {
    ...scene,
    run: (services) => updateDataSource(services)(callerOf(scene.actor), { params, query: {}, body }),
  };
};

const deleting = async (): Promise<DataSourceScene> => {
  const scene = await plant();
  const params = { ...scene.params, dataSourceId: scene.dataSourceId };
  return {
    ...scene,
    run: (services) => deleteDataSource(services)(callerOf(scene.actor), { params, query: {}, body: undefined }),
  };
};

const sourceOf = ({ organizationId, dataSourceId }: DataSourceScene) =>
  tableOf(organizationId).get(keys.setting(organizationId, 'data_source', dataSourceId));

/** Removes the user whom the request names as the owner. */
const removeOwner = ({ organizationId, ownerId }: DataSourceScene) =>
  tableOf(organizationId).transact([update(keys.user(organizationId, ownerId), { set: { status: 'removed' } })]);

/** Changes the data source as another request would. */
const changeName = ({ organizationId, dataSourceId }: DataSourceScene) =>
  tableOf(organizationId).transact([
    update(keys.setting(organizationId, 'data_source', dataSourceId), {
      set: { name: 'Changed meanwhile' },
      add: { version: 1 },
    }),
  ]);

export const dataSourceGuards = [
  guarded<DataSourceScene>({
    operation: 'createDataSource',
    scene: () => creating(),
    guards: {
      ...rightGuards,
      'idempotency: no item or ttl <=': replayGuard('a repeated request does not get the same response', () =>
        creating({ idempotency: anIdempotency() }),
      ),
      'data-source-accounts: no item': {
        harm: 'the same cloud account is connected twice',
        meanwhile: ({ organizationId, params, actor }) =>
          createDataSource(servicesOf(organizationId))(callerOf(actor), { params, query: {}, body: account }),
        harmed: (_scene, result) => result.ok,
      },
      'user: status =': {
        harm: 'a data source is assigned to a user who was just removed',
        meanwhile: removeOwner,
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<DataSourceScene>({
    operation: 'updateDataSource',
    scene: () => changing('name'),
    guards: {
      ...rightGuards,
      'settings: version =': {
        harm: 'two concurrent changes get the same version, and the audit log shows an outdated previous value',
        meanwhile: changeName,
        harmed: async (scene) => (await sourceOf(scene))?.version === 2,
      },
      'user: status =': {
        harm: 'a data source is assigned to a user who was just removed',
        scene: () => changing('owner'),
        meanwhile: removeOwner,
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<DataSourceScene>({
    operation: 'deleteDataSource',
    scene: deleting,
    guards: {
      ...rightGuards,
      'settings: version =': {
        harm: 'the audit log records a deleted data source under an outdated name',
        meanwhile: changeName,
        harmed: async ({ organizationId }) =>
          (await newestEvent(organizationId))?.details?.name !== 'Changed meanwhile',
      },
    },
  }),
];
