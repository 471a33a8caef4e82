import type { RoleAssignment } from '../../shared/roles/role.ts';
import type { Asking } from './answer.ts';
import { accept, beginOrganization, invite } from './joining.ts';
import { makeDataSource, makePolicy, makePool, makeResource } from './making.ts';
import type { Model } from './model.ts';
import { personIdOf } from './persons.ts';
import { countsOf, expectPromises, type Counts } from './promises.ts';
import { fill, itemsOf } from './items.ts';
import { endWorld, newWorld, type Engine, type World } from './world.ts';

/** Two organizations that share people and have a little of everything. */
export interface Beginning {
  world: World;
  models: [Model, Model];
  /** How much each has, by kind. */
  counts: [Counts, Counts];
}

/** Makes them once, through the operations; each history gets a copy, in a table of its own. */
export const beginnings = async (engine: Engine): Promise<() => Promise<Beginning>> => {
  const world = await newWorld(engine);
  const [first, second] = [await beginFirst(world), await beginSecond(world)];
  const closely = { turn: 0, users: 'all', settled: true } as const;
  const lists = [
    await expectPromises(world, first, second, closely),
    await expectPromises(world, second, first, closely),
  ] as const;
  const items = await itemsOf(engine, world);
  await endWorld(engine, world);
  return async () => {
    const copy = await newWorld(engine);
    await fill(engine, copy, items);
    copy.advance(hour);
    return { world: copy, models: structuredClone([first, second]), counts: [countsOf(lists[0]), countsOf(lists[1])] };
  };
};

/** Milliseconds. */
const hour = 3_600_000;

const beginFirst = async (world: World): Promise<Model> => {
  const model = await beginOrganization(world, 'mara@example.com', 'Acme');
  const mara = { world, model, by: personIdOf('mara@example.com') };
  await makePool(mara, { ownerId: newest(model.users), poolId: model.rootPoolId });
  const poolId = newest(model.pools);
  const joining: [string, RoleAssignment][] = [
    ['otto@example.com', { role: 'organization_manager' }],
    ['ada@example.com', { role: 'manager', poolId }],
    ['ben@example.com', { role: 'member' }],
  ];
  for (const [email, role] of joining) {
    await join(mara, email, role);
    await makeResource(mara, { ownerId: newest(model.users), poolId });
  }
  await makePool(mara, { ownerId: newest(model.users), poolId });
  await makePolicy(mara, { ownerId: newest(model.users), named: [...model.users.keys()].slice(-2) });
  await makeDataSource(mara, { ownerId: newest(model.users) });
  return model;
};

const beginSecond = async (world: World): Promise<Model> => {
  const model = await beginOrganization(world, 'greta@example.com', 'Globex');
  const greta = { world, model, by: personIdOf('greta@example.com') };
  await join(greta, 'ada@example.com', { role: 'organization_manager' });
  await makeResource(greta, { ownerId: newest(model.users), poolId: model.rootPoolId });
  return model;
};

const newest = (all: ReadonlyMap<string, unknown>): string => [...all.keys()].at(-1) ?? '';

const join = async (asking: Asking, email: string, role: RoleAssignment): Promise<void> => {
  await invite(asking, email, [role]);
  const invited = asking.model.invites.get(newest(asking.model.invites));
  if (invited) await accept(asking, invited);
};
