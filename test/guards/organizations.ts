import { randomUUID } from 'node:crypto';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { organizationsPerPersonMax, poolPathBytesMax } from '../../shared/limits.ts';
import { updateOrganization } from '../../shared/organizations/update-organization.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { readPools } from '../../shared/pools/read-pools.ts';
import type { Services } from '../../shared/ports.ts';
import { buildPoolTree, pathText } from '../../shared/roles/pool-tree.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { answeredBytes } from '../../shared/text.ts';
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
import { guarded, rightGuards, tableOf, type Scene } from '../support/guarded.ts';
import { callerOf, servicesOf } from '../support/operations.ts';

/** A person who belongs to no organization yet. */
interface PersonScene extends Scene, Repeated {
  personId: string;
}

/** The person creates an organization. The user directory is replaced by one that has their account. */
const create = (services: Services, personId: string, more: object = {}) =>
  createOrganization({
    ...services,
    directory: { ...services.directory, findByPersonId: () => Promise.resolve(accountOf(personId)) },
  })(callerOf({ personId }), { ...requestOf({}, { name: 'Acme' }), ...more });

const accountOf = (personId: string) => ({
  personId,
  email: `${personId}@example.com`,
  emailVerified: true,
  enabled: true,
  temporary: false,
});

const creating = (more: object = {}): PersonScene => {
  const personId = randomUUID();
  return { organizationId: 'org_none', personId, run: (services) => create(services, personId, more) };
};

type Settings = Parameters<ReturnType<typeof updateOrganization>>[1]['body'];

const changeTo = ({ params, manager }: Omit<AssetScene, 'run'>, services: Services, settings: Settings) =>
  updateOrganization(services)(callerOf(manager), requestOf(params, settings));

const changing = async (settings: Settings): Promise<AssetScene> => {
  const scene = await plantScene();
  return { ...scene, run: (services) => changeTo(scene, services, settings) };
};

/** Names of nested pools whose path fits the maximum with a short name of the root pool, but not with a long one. */
const longNames = Array.from({ length: 5 }, (_, index) => String(index).repeat(100));

/** Creates pools with these names, each below the previous one. */
const addNested = async (scene: AssetScene, names: string[]): Promise<void> => {
  let parentId = scene.rootPoolId;
  for (const name of names) parentId = await addPool(scene, { name, parentId });
};

const longestPathOf = async ({ organizationId }: AssetScene): Promise<number> => {
  const tree = buildPoolTree(await readPools(tableOf(organizationId), organizationId));
  return Math.max(...[...tree.all()].map(({ id }) => answeredBytes(pathText(tree, id))));
};

export const organizationGuards = [
  guarded<PersonScene>({
    operation: 'createOrganization',
    scene: () => Promise.resolve(creating()),
    guards: {
      'person answer: no item or ttl <=': replayGuard('a repeated request creates two organizations', () =>
        Promise.resolve(creating({ idempotency: anIdempotency() })),
      ),
      'person limits: no organizationsCreated or organizationsCreated <': {
        harm: 'a person creates more organizations than the limit allows',
        scene: async () => {
          const scene = creating();
          const table = servicesOf(undefined).personTable(scene.personId);
          const all = { organizationsCreated: organizationsPerPersonMax - 1 };
          await table.transact([update(keys.personLimits(scene.personId), { set: all })]);
          return scene;
        },
        meanwhile: ({ personId }) => valueOf(create(servicesOf(undefined), personId)),
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<AssetScene>({
    operation: 'updateOrganization',
    scene: () => changing({ name: 'Renamed' }),
    guards: {
      ...rightGuards,
      'organization: version =': {
        harm: 'a concurrent change of another setting is reverted',
        meanwhile: (scene) => valueOf(changeTo(scene, servicesOf(scene.organizationId), { inviteExpiryDays: 30 })),
        harmed: async ({ organizationId }) =>
          (await tableOf(organizationId).get(keys.organization(organizationId)))?.inviteExpiryDays !== 30,
      },
      'organization: amountsStored =': {
        harm: 'an amount that was just stored is shown in another currency',
        scene: async () => {
          const scene = await changing({ currency: 'EUR' });
          const key = keys.organization(scene.organizationId);
          await tableOf(scene.organizationId).transact([update(key, { set: { amountsStored: false } })]);
          return scene;
        },
        meanwhile: ({ organizationId, rootPoolId, actor }) =>
          valueOf(
            createResource(servicesOf(organizationId))(callerOf(actor), {
              params: { organizationId },
              query: {},
              body: { name: 'Disk', type: 'disk', poolId: rootPoolId, monthlyCost: 7, tags: {} },
            }),
          ),
        harmed: (_scene, result) => result.ok,
      },
      'organization: treeVersion =': {
        harm: 'renaming the organization makes the path of a pool that was just created longer than the maximum',
        scene: () => changing({ name: 'R'.repeat(100) }),
        meanwhile: (scene) => addNested(scene, longNames),
        harmed: async (scene) => (await longestPathOf(scene)) > poolPathBytesMax,
      },
    },
  }),
];
