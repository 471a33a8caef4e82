import { systemIds } from '../../functions/adapters/system.ts';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { resourceItem } from '../../shared/resources/resource.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { put } from '../../shared/table/write.ts';
import { joinWrites } from '../../shared/users/join.ts';
import { personIdOf } from '../model/persons.ts';
import { ask } from '../model/asking.ts';
import { fill } from '../model/items.ts';
import type { Engine, World } from '../model/world.ts';

/** Somebody who is to be removed, and who takes over. */
export interface Case {
  /** Assets of the leaver. */
  size: number;
  leaverId: string;
  successorId: string;
}

export interface Seeded {
  organizationId: string;
  managerPersonId: string;
  cases: Case[];
}

/** Assets that a successor has of its own: many pages. */
const own = 1_000;

/** Items that are written together. */
const atOnce = 1_000;

const now = '2026-11-24T06:00:00.000Z';

/** One organization with a leaver and a successor for each number of assets. */
export const seed = async (engine: Engine, world: World, sizes: readonly number[]): Promise<Seeded> => {
  const managerPersonId = personIdOf('mara@example.com');
  const input = { params: {}, query: {}, body: { name: 'Acme' } };
  const made = await ask(world, undefined, managerPersonId, createOrganization, input);
  if (!made.ok) throw new Error(made.error.code);
  const { id: organizationId, rootPoolId } = made.value;

  const addUser = async (email: string): Promise<string> => {
    const id = systemIds.next('usr');
    const personId = personIdOf(email);
    await world
      .servicesFor(organizationId)
      .tenantTable(organizationId, partitions.person(personId))
      .transact([
        ...joinWrites(organizationId, {
          id,
          personId,
          email,
          name: email,
          status: 'active',
          assignments: [{ role: 'member' }],
          holdings: [id],
          takenOver: [],
          invitesPassed: [],
          joinedAt: now,
          version: 1,
        }),
        put({ ...keys.address(organizationId, email), state: 'member', userId: id }),
      ]);
    return id;
  };
  const resourceOf = (holderId: string) =>
    resourceItem(organizationId, {
      id: systemIds.next('res'),
      name: 'Server',
      type: 'vm',
      poolId: rootPoolId,
      holderId,
      monthlyCost: 1,
      tags: {},
      createdAt: now,
      ingestedIn: [],
      version: 1,
    });
  const addResources = async (count: number, holderId: string): Promise<void> => {
    for (let left = count; left > 0; left -= atOnce)
      await fill(
        engine,
        world,
        Array.from({ length: Math.min(left, atOnce) }, () => resourceOf(holderId)),
      );
  };

  const cases: Case[] = [];
  for (const size of sizes) {
    // Who joined first is listed first: the successor's first page afterwards is of what was taken over.
    const leaverId = await addUser(`leaver-${size}@example.com`);
    const successorId = await addUser(`successor-${size}@example.com`);
    await addResources(own, successorId);
    await addResources(size, leaverId);
    cases.push({ size, leaverId, successorId });
  }
  return { organizationId, managerPersonId, cases };
};
