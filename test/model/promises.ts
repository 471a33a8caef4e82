import { expect } from 'vitest';
import { factsInLists, factsInModel, holdingInModel, holdingInPreview } from './facts.ts';
import type { Kind, Model } from './model.ts';
import { gets, readUser, readLists, readsOf, value, type Lists, type Reads } from './reads.ts';
import type { World } from './world.ts';

/** How closely is looked at. Everything is listed each time. */
export interface Extent {
  /** What is got by its id, and which stranger is asked for, goes round from turn to turn. */
  turn: number;
  /** Who is looked at with all they have: users whom a step was about, or everybody. */
  users: readonly string[] | 'all';
  /** Whether the worker has done everything. */
  settled: boolean;
}

/**
 * Reads an organization and holds it against the model, and against the promises of shared/README.md that can be told without
 * one: at least one organization manager (1), every owner an active user (2), `list = filter(get)` (10), and nothing of the
 * other organization (9). Returns the lists.
 */
export const expectPromises = async (world: World, model: Model, other: Model, extent: Extent): Promise<Lists> => {
  const reads = await readsOf(world, model);
  const [lists] = await Promise.all([
    readLists(reads).then(async (read) => {
      expect(factsInLists(read)).toEqual(factsInModel(model));
      expectActiveOwners(read);
      await expectGet(reads, read, extent);
      await expectUsers(reads, model, read, extent);
      return read;
    }),
    expectManagers(reads, model),
    expectNothingOf(other, reads, extent),
  ]);
  return lists;
};

const expectManagers = async ({ managers, managerCount }: Reads, { users }: Model): Promise<void> => {
  const persons = new Set([...users.values()].map(({ personId }) => personId));
  const { length } = await managers(persons);
  expect(length, 'organization managers').toBeGreaterThan(0);
  expect(await managerCount(), 'their count').toBe(length);
};

export type Counts = ReturnType<typeof countsOf>;

/** How much there is, by kind: the same before and after a removal. */
export const countsOf = ({ pools, resources, policies, dataSources }: Lists) => ({
  pools: pools.length,
  resources: resources.length,
  policies: policies.length,
  dataSources: dataSources.length,
});

const expectActiveOwners = ({ users, pools, resources, policies, dataSources }: Lists): void => {
  const active = new Set(users.map(({ id }) => id));
  const owners = [
    ...pools.map(({ defaultOwnerId }) => defaultOwnerId),
    ...[...resources, ...policies, ...dataSources].map(({ ownerId }) => ownerId),
    ...policies.flatMap(({ filters }) => filters?.ownerIds ?? []),
  ];
  expect(
    owners.filter((id) => !active.has(id)),
    'owners who are no active users',
  ).toEqual([]);
};

/** The one whose turn it is. */
const inTurn = <T>(all: readonly T[], turn: number): T | undefined => all[turn % Math.max(all.length, 1)];

/** What is got by its id is what the list has. */
const expectGet = async (reads: Reads, lists: Lists, { turn }: Extent): Promise<void> => {
  const kinds = Object.keys(gets) as (keyof Lists)[];
  const listed = inTurn(
    kinds.flatMap((kind) => lists[kind].map((item) => ({ kind, item }))),
    turn,
  );
  if (listed) expect(await value<unknown>(gets[listed.kind](listed.item.id, reads))).toEqual(listed.item);
};

/** A user's resources are those of all that say so, and what a removal would hand over, or a restore bring back, is as modelled. */
const expectUsers = async (reads: Reads, model: Model, lists: Lists, { users, settled }: Extent): Promise<void> => {
  const looked = [...model.users.values()].filter(({ id }) => users === 'all' || users.includes(id));
  await Promise.all(
    looked.map(async (user) => {
      const read = await readUser(reads, user.id);
      const { id, active, successorId } = user;
      expect([read.user.status, read.user.successorId], id).toEqual([active ? 'active' : 'removed', successorId]);
      expect(read.resources.toSorted(byId), `resources of ${id}`).toEqual(
        lists.resources.filter(({ ownerId }) => ownerId === id).toSorted(byId),
      );
      const { pendingInvites, ...holding } = holdingInModel(model, user);
      expect(holdingInPreview(read), `what ${id} has`).toMatchObject({
        ...holding,
        // Counted by an index that the worker brings up to date once an inviter has lost the right.
        ...(settled && { pendingInvites }),
      });
    }),
  );
};

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** The list that has an asset of this kind; a filter is part of a policy. */
const listOf: Record<Kind, keyof Lists> = {
  resource: 'resources',
  pool: 'pools',
  policy: 'policies',
  'data source': 'dataSources',
  filter: 'policies',
};

/** Nothing of another organization is found, whatever is asked for by its id. */
const expectNothingOf = async (other: Model, reads: Reads, { turn }: Extent): Promise<void> => {
  const strangers = [
    ...[...other.users.keys()].map((id) => ['users', id] as const),
    ...[...other.invites.keys()].map((id) => ['invites', id] as const),
    ...[...other.assets.values()].map(({ kind, id }) => [listOf[kind], id] as const),
  ];
  const stranger = inTurn(strangers, turn);
  if (stranger) expect((await gets[stranger[0]](stranger[1], reads)).ok).toBe(false);
};
