import { randomUUID } from 'node:crypto';
import { settingsKindNames, singularOf } from '../../shared/asset-kinds.ts';
import { everyPage, take, type TestOrganization } from './organization.ts';
import { callOf, testedKind, type TestedKind } from './settings-kinds.ts';

type Reply = { ok: true; value: { id: string } } | { ok: false; problem: { status: number; code: string } };

/** How tests create something that has an owner or names users as owners, give it to another owner, and read its owner. */
export interface AssetKind {
  create(organization: TestOrganization, ownerId: string): Promise<Reply>;
  give(organization: TestOrganization, id: string, ownerId: string): Promise<Reply>;
  /** The owner that each read shows, one element per read. */
  owners(organization: TestOrganization, id: string): Promise<(string | undefined)[]>;
}

const byId = <T extends { id: string }>(items: T[], id: string): T | undefined => items.find((each) => each.id === id);

const policyOf = (more: object) => ({ type: 'budget' as const, name: 'Budget', amount: 1, ...more });

/** Builds the entry of a kind of asset whose records are in the settings partition. */
const inSettings = ({ create, update, get, list, idParameter, newBody }: TestedKind): AssetKind => ({
  create: ({ params, manager }, ownerId) => callOf(manager.client, create)({ params, body: { ...newBody(), ownerId } }),
  give: ({ params, manager }, id, ownerId) =>
    callOf(manager.client, update)({ params: { ...params, [idParameter]: id }, body: { ownerId } }),
  owners: async ({ params, manager }, id) => {
    const listed = await everyPage(async (cursor) => {
      const page = await callOf(manager.client, list)({ params, query: cursor });
      return page as unknown as { ok: true; value: { items: { id: string; ownerId: string }[]; nextCursor?: string } };
    });
    const one = take(await callOf(manager.client, get)({ params: { ...params, [idParameter]: id } }));
    return [one.ownerId, byId(listed, id)?.ownerId];
  },
});

export const assetKinds: Record<string, AssetKind> = {
  'a resource': {
    create: ({ params, manager, rootPoolId }, ownerId) =>
      manager.client.createResource({ params, body: { name: 'Server', type: 'vm', poolId: rootPoolId, ownerId } }),
    give: ({ params, manager }, resourceId, ownerId) =>
      manager.client.updateResource({ params: { ...params, resourceId }, body: { ownerId } }),
    owners: async ({ params, manager, rootPoolId }, resourceId) => {
      const list = (query: object) =>
        everyPage((cursor) => manager.client.listResources({ params, query: { ...query, ...cursor } }));
      const one = take(await manager.client.getResource({ params: { ...params, resourceId } }));
      const lists = [await list({}), await list({ poolId: rootPoolId }), await list({ ownerId: one.ownerId })];
      return [one.ownerId, ...lists.map((items) => byId(items, resourceId)?.ownerId)];
    },
  },
  'a pool': {
    create: ({ params, manager, rootPoolId }, defaultOwnerId) =>
      manager.client.createPool({ params, body: { name: randomUUID(), parentId: rootPoolId, defaultOwnerId } }),
    give: ({ params, manager }, poolId, defaultOwnerId) =>
      manager.client.updatePool({ params: { ...params, poolId }, body: { defaultOwnerId } }),
    owners: async ({ params, manager }, poolId) => [
      take(await manager.client.getPool({ params: { ...params, poolId } })).defaultOwnerId,
      byId(take(await manager.client.listPools({ params })).items, poolId)?.defaultOwnerId,
    ],
  },
  'the filter of a policy': {
    create: ({ params, manager }, ownerId) =>
      manager.client.createPolicy({ params, body: policyOf({ filters: { ownerIds: [ownerId] } }) }),
    give: ({ params, manager }, policyId, ownerId) =>
      manager.client.updatePolicy({ params: { ...params, policyId }, body: { filters: { ownerIds: [ownerId] } } }),
    owners: async ({ params, manager }, policyId) => {
      const listed = await everyPage((cursor) => manager.client.listPolicies({ params, query: cursor }));
      const one = take(await manager.client.getPolicy({ params: { ...params, policyId } }));
      return [one, byId(listed, policyId)].map((policy) => policy?.filters?.ownerIds?.join());
    },
  },
  ...Object.fromEntries(settingsKindNames.map((kind) => [`a ${singularOf(kind)}`, inSettings(testedKind(kind))])),
};

export const kindNames = Object.keys(assetKinds);

/** The owner of an asset if every read shows the same one, otherwise the owners that the reads show. */
export const ownerShown = async (
  organization: TestOrganization,
  kind: string,
  id: string,
): Promise<string | undefined | (string | undefined)[]> => {
  const shown = await kindOf(kind).owners(organization, id);
  return new Set(shown).size === 1 ? shown[0] : shown;
};

export const kindOf = (kind: string): AssetKind => {
  const found = assetKinds[kind];
  if (!found) throw new Error(`No kind of asset: ${kind}`);
  return found;
};

/** Creates one asset of each kind. Returns the ids by kind. */
export const oneOfEach = async (organization: TestOrganization, ownerId: string): Promise<Map<string, string>> => {
  const made = new Map<string, string>();
  for (const [kind, { create }] of Object.entries(assetKinds))
    made.set(kind, take(await create(organization, ownerId)).id);
  return made;
};

/** The owner of each of these assets, by kind. */
export const ownersShown = async (organization: TestOrganization, assets: ReadonlyMap<string, string>) => {
  const shown: Record<string, Awaited<ReturnType<typeof ownerShown>>> = {};
  for (const [kind, id] of assets) shown[kind] = await ownerShown(organization, kind, id);
  return shown;
};

/** What `ownersShown` returns if one user owns an asset of every kind. */
export const allOf = (ownerId: string): Record<string, string> =>
  Object.fromEntries(kindNames.map((kind) => [kind, ownerId]));
