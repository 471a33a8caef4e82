import { randomUUID } from 'node:crypto';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import type { Services } from '../../shared/ports.ts';
import type { Result } from '../../shared/result.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { changeServiceAccountRoles } from '../../shared/service-accounts/change-service-account-roles.ts';
import { createServiceAccount } from '../../shared/service-accounts/create-service-account.ts';
import { deleteServiceAccount } from '../../shared/service-accounts/delete-service-account.ts';
import { parseServiceAccount } from '../../shared/service-accounts/service-account.ts';
import { keys } from '../../shared/table/keys.ts';
import {
  addPool,
  anIdempotency,
  plantScene,
  replayGuard,
  requestOf,
  valueOf,
  type AssetScene,
  type Repeated,
} from '../support/guard-scenes.ts';
import { guarded, rightGuards, tableOf } from '../support/guarded.ts';
import { callerOf, servicesOf } from '../support/operations.ts';

/** A pool, an app client without a service account, and an app client with one. */
interface MachineScene extends AssetScene, Repeated {
  poolId: string;
  newClientId: string;
  clientId: string;
  serviceAccountId: string;
}

type Planted = Omit<MachineScene, 'run'>;

const member: RoleAssignment[] = [{ role: 'member' }];

/** Creates a service account for the app client. The user directory is replaced by one that knows every client. */
const bind = (services: Services, { params, manager }: Omit<AssetScene, 'run'>, clientId: string, more: object = {}) =>
  createServiceAccount({
    ...services,
    directory: { ...services.directory, findMachine: () => Promise.resolve({ clientId, name: 'Pipeline' }) },
  })(callerOf(manager), { ...requestOf(params, { name: 'Pipeline', clientId, roles: member }), ...more });

const plant = async (): Promise<Planted> => {
  const scene = await plantScene();
  const [clientId, newClientId] = [randomUUID(), randomUUID()];
  const { id: serviceAccountId } = await valueOf(bind(servicesOf(scene.organizationId), scene, clientId));
  return { ...scene, poolId: await addPool(scene, { name: 'Engineering' }), clientId, newClientId, serviceAccountId };
};

const creating = async (choose: (scene: Planted) => object): Promise<MachineScene> => {
  const scene = await plant();
  const more = choose(scene);
  return { ...scene, run: (services) => bind(services, scene, scene.newClientId, more) };
};

const changing = async (): Promise<MachineScene> => {
  const scene = await plant();
  return { ...scene, run: (services) => changeTo(services, scene, [engineerIn(scene)]) };
};

const deleting = async (): Promise<MachineScene> => {
  const scene = await plant();
  return { ...scene, run: (services) => erase(services, scene) };
};

const engineerIn = ({ poolId }: Planted): RoleAssignment => ({ role: 'engineer', poolId });

const changeTo = (services: Services, { params, manager, serviceAccountId }: Planted, roles: RoleAssignment[]) =>
  changeServiceAccountRoles(services)(callerOf(manager), requestOf({ ...params, serviceAccountId }, { roles }));

const erase = (services: Services, { params, manager, serviceAccountId }: Planted) =>
  deleteServiceAccount(services)(callerOf(manager), requestOf({ ...params, serviceAccountId }, undefined));

const erasePool = ({ organizationId, params, manager, poolId }: MachineScene) =>
  valueOf(deletePool(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, poolId }, undefined)));

const eraseNow = (scene: MachineScene) => valueOf(erase(servicesOf(scene.organizationId), scene));

const membershipOf = ({ organizationId, clientId }: MachineScene) =>
  tableOf(organizationId).get(keys.membership(organizationId, clientId));

const succeeded = (_scene: MachineScene, result: Result<unknown>): boolean => result.ok;

export const serviceAccountGuards = [
  guarded<MachineScene>({
    operation: 'createServiceAccount',
    scene: () => creating(() => ({})),
    guards: {
      ...rightGuards,
      'idempotency: no item or ttl <=': replayGuard('a repeated request does not get the same response', () =>
        creating(() => ({ idempotency: anIdempotency() })),
      ),
      'membership: no item': {
        harm: 'one app client has two service accounts in an organization and can act only as the newer one',
        meanwhile: (scene) => valueOf(bind(servicesOf(scene.organizationId), scene, scene.newClientId)),
        harmed: succeeded,
      },
      'organization: treeVersion =': {
        harm: 'a service account gets a role on a pool that was just deleted',
        scene: () =>
          creating((scene) =>
            requestOf(scene.params, { name: 'Pipeline', clientId: scene.newClientId, roles: [engineerIn(scene)] }),
          ),
        meanwhile: erasePool,
        harmed: succeeded,
      },
    },
  }),
  guarded<MachineScene>({
    operation: 'changeServiceAccountRoles',
    scene: changing,
    guards: {
      ...rightGuards,
      'user: version =': {
        harm: 'an incomplete membership remains of a service account that was just deleted',
        meanwhile: eraseNow,
        harmed: async (scene) => (await membershipOf(scene)) !== undefined,
      },
      'organization: treeVersion =': {
        harm: 'a service account gets a role on a pool that was just deleted',
        meanwhile: erasePool,
        harmed: succeeded,
      },
    },
  }),
  guarded<MachineScene>({
    operation: 'deleteServiceAccount',
    scene: deleting,
    guards: {
      ...rightGuards,
      'user: version =': [
        {
          harm: 'deleting a service account erases the membership of a new service account for the same app client',
          meanwhile: async (scene) => {
            await eraseNow(scene);
            await valueOf(bind(servicesOf(scene.organizationId), scene, scene.clientId));
          },
          harmed: async (scene) => (await membershipOf(scene)) === undefined,
        },
        {
          harm: 'the invites of a service account that has just become a manager are revoked instead of passed on',
          meanwhile: (scene) =>
            valueOf(changeTo(servicesOf(scene.organizationId), scene, [{ role: 'organization_manager' }])),
          harmed: async ({ organizationId, serviceAccountId }) => {
            const account = await tableOf(organizationId).get(keys.user(organizationId, serviceAccountId));
            return parseServiceAccount(account).invitesPassed.length === 0;
          },
        },
      ],
    },
  }),
];
