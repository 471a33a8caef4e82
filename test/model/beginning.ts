import type { Model } from './model.ts';
import { accept, beginOrganization, invite } from './joining.ts';
import { makeDataSource, makePolicy, makePool, makeResource } from './making.ts';
import { endWorld, fill, itemsOf, newWorld, type Engine, type World } from './world.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';

/** Two organizations that share people and have a little of everything. */
export interface Beginning {
  world: World;
  models: [Model, Model];
}

const populate = async (world: World): Promise<[Model, Model]> => {
  const acme = await beginOrganization(world, 'mara@example.com', 'Acme');
  const globex = await beginOrganization(world, 'greta@example.com', 'Globex');
  const mara = { world, model: acme, by: acme.users.values().next().value?.personId ?? '' };
  const greta = { world, model: globex, by: globex.users.values().next().value?.personId ?? '' };
  const root = acme.rootPoolId;
  const owner = () => [...acme.users.keys()].at(-1) ?? '';
  await makePool(mara, { ownerId: owner(), poolId: root });
  const web = [...acme.pools.keys()].at(-1) ?? '';
  const joining: [string, RoleAssignment][] = [
    ['otto@example.com', { role: 'organization_manager' }],
    ['ada@example.com', { role: 'manager', poolId: web }],
    ['ben@example.com', { role: 'member' }],
  ];
  for (const [email, role] of joining) {
    await join(mara, email, role);
    await makeResource(mara, { ownerId: owner(), poolId: web });
  }
  await makePool(mara, { ownerId: owner(), poolId: web });
  await makePolicy(mara, { ownerId: owner(), named: [...acme.users.keys()].slice(-2) });
  await makeDataSource(mara, { ownerId: owner() });
  await join(greta, 'ada@example.com', { role: 'organization_manager' });
  await makeResource(greta, { ownerId: [...globex.users.keys()].at(-1) ?? '', poolId: globex.rootPoolId });
  return [acme, globex];
};

const join = async (asking: Parameters<typeof invite>[0], email: string, role: RoleAssignment): Promise<void> => {
  await invite(asking, email, [role]);
  const invited = [...asking.model.invites.values()].at(-1);
  if (invited) await accept(asking, invited);
};

/** Makes the beginning once, through the operations; each history gets a copy in a table of its own. */
export const beginnings = async (engine: Engine): Promise<() => Promise<Beginning>> => {
  const world = await newWorld(engine);
  const models = await populate(world);
  const items = await itemsOf(engine, world);
  await endWorld(engine, world);
  return async () => {
    const copy = await newWorld(engine);
    await fill(engine, copy, items);
    copy.mails.push(...world.mails);
    copy.advance(60 * 60_000);
    return { world: copy, models: structuredClone(models) };
  };
};
