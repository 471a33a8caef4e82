import { expect } from 'vitest';
import {
  everyPage,
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from './organization.ts';
import type { TestStack } from './stack.ts';

type Resource = Extract<Awaited<ReturnType<TestMember['client']['getResource']>>, { ok: true }>['value'];

type Owner = 'mara' | 'reader' | 'leaver';

export interface ListedResources {
  organization: TestOrganization;
  /** The user who reads the lists and owns the assets of two removed users. */
  reader: TestMember;
  pools: Record<string, string>;
  owners: Record<Owner, string>;
  /** All resources, each as `getResource` returns it. */
  all: Resource[];
}

/** Creates resources of several owners in several pools, then deletes some of the pools and removes some of the owners. */
export const listedResources = async (stack: TestStack): Promise<ListedResources> => {
  const organization = await newOrganization(stack, 'Listed');
  const { params, manager, rootPoolId: root } = organization;
  const a = await newPool(organization, 'A', root);
  const b = await newPool(organization, 'B', a);
  const d = await newPool(organization, 'D', root);
  const [doomed, doomedBelow] = [
    await newPool(organization, 'Doomed', b),
    await newPool(organization, 'Doomed too', d),
  ];
  const [leaver, early] = [await newMember(stack, organization), await newMember(stack, organization)];
  const reader = await newMember(stack, organization);

  const places = [root, a, b, d, doomed, doomedBelow];
  const people = [manager.userId, reader.userId, leaver.userId, early.userId];
  const items = Array.from({ length: 25 }, (_, index) => ({
    name: `Number ${index}`,
    type: 'vm',
    poolId: places[index % places.length] ?? root,
    ownerId: people[(index * 3 + Math.floor(index / 4)) % people.length] ?? manager.userId,
  }));
  const { results } = take(await manager.client.ingestResources({ params, body: { items } }));
  const ids = results.map(({ resource }) => resource?.id ?? '');
  const [first = '', second = ''] = ids;
  const edit = async (resourceId: string, body: { poolId?: string; ownerId?: string }) =>
    take(await manager.client.updateResource({ params: { ...params, resourceId }, body }));
  await edit(first, { poolId: doomed });
  await edit(second, { ownerId: early.userId, poolId: d });
  for (const poolId of [doomed, doomedBelow]) take(await manager.client.deletePool({ params: { ...params, poolId } }));
  const leave = async ({ userId }: TestMember, { userId: successorId }: TestMember) =>
    take(await manager.client.removeUser({ params: { ...params, userId }, query: { successorId } }));
  await leave(early, leaver);
  await leave(leaver, reader);
  return {
    organization,
    reader,
    pools: { root, a, b, d },
    owners: { mara: manager.userId, reader: reader.userId, leaver: leaver.userId },
    all: await Promise.all(
      ids.map(async (resourceId) => take(await reader.client.getResource({ params: { ...params, resourceId } }))),
    ),
  };
};

const below: Record<string, string[]> = { root: ['root', 'a', 'b', 'd'], a: ['a', 'b'], b: ['b'], d: ['d'] };

/** Asserts that each pool's list, of one owner or of all, contains the resources that filtering `all` by pool and owner leaves. */
export const expectFiltered = async (
  { organization, reader, pools, owners, all }: ListedResources,
  owner: Owner | undefined,
  limit: number,
): Promise<void> => {
  const ownerId = owner && owners[owner];
  const compare = async (pool: string | undefined, subPools: boolean) => {
    const inPools = (subPools ? below[pool ?? ''] : [pool ?? ''])?.map((each) => pools[each] ?? '');
    const query = {
      limit,
      ...(subPools && { subPools: 'true' as const }),
      ...(pool !== undefined && { poolId: pools[pool] ?? '' }),
      ...(ownerId !== undefined && { ownerId }),
    };
    const found = await everyPage((cursor) =>
      reader.client.listResources({ params: organization.params, query: { ...query, ...cursor } }),
    );
    const expected = all.filter(
      (each) =>
        (pool === undefined || inPools?.includes(each.poolId)) && (ownerId === undefined || each.ownerId === ownerId),
    );
    expect(byId(found), JSON.stringify({ pool, subPools })).toEqual(byId(expected));
  };
  await Promise.all([undefined, ...Object.keys(below)].flatMap((pool) => [compare(pool, false), compare(pool, true)]));
};

const byId = (resources: Resource[]): Resource[] => resources.toSorted((x, y) => (x.id < y.id ? -1 : 1));
