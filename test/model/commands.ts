import * as fc from 'fast-check';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import type { Asking } from './answer.ts';
import { deletePool, makeDataSource, makePolicy, makePool, makeResource, reassign } from './belongings.ts';
import { activeUsers, organizationManagers, type Asset, type Model, type ModelUser } from './model.ts';
import { accept, changeRoles, invite, leave, remove, restore, work } from './people.ts';
import type { Refusal } from './refusals.ts';
import type { World } from './world.ts';

/** Two organizations side by side: one that something is asked of, and the other. */
export interface Scene {
  world: World;
  model: Model;
  other: Model;
}

/** What became of a step, for who reads why a history failed. */
export interface Told {
  what: string;
  refusal?: Refusal;
  /** Users whom it was about. */
  touched?: string[];
  /** Whether there may be more or fewer assets afterwards. */
  makes?: true;
}

/** A step of a history. Its numbers choose among what there is by then, so any history can be cut anywhere. */
export interface Step {
  run: (scene: Scene) => Promise<Told>;
}

const step = <S>(
  name: string,
  given: fc.Arbitrary<S>,
  run: (scene: Scene, choice: S) => Promise<Told>,
): fc.Arbitrary<Step> =>
  given.map((choice) => ({
    run: async (scene) => {
      const told = await run(scene, choice);
      return { ...told, what: `${name} ${told.what}` };
    },
    [fc.toStringMethod]: () => `${name} ${fc.stringify(choice)}`,
  }));

const number = fc.nat({ max: 20 });

const choose = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(from.length, 1)];

type Whom = 'manager' | 'active' | 'removed' | 'stranger' | 'same';
interface UserChoice {
  whom: Whom;
  number: number;
}

const whom = (weights: Partial<Record<Whom, number>>): fc.Arbitrary<UserChoice> =>
  fc.record({
    whom: fc.oneof(
      ...(Object.keys(weights) as Whom[]).map((kind) => ({
        weight: weights[kind] ?? 0,
        arbitrary: fc.constant(kind),
      })),
    ),
    number,
  });

/** Who asks: mostly somebody who may. */
const asker = whom({ manager: 12, active: 3, removed: 1, stranger: 1 });
const user = whom({ active: 12, removed: 2, stranger: 1 });

/** Whoever takes over: somebody else than the leaver, but by mistake. */
const successor = whom({ active: 14, removed: 2, stranger: 1, same: 1 });

/** One of those; `than`: another than this user. */
const userFor = ({ model, other }: Scene, { whom: kind, number: at }: UserChoice, than?: ModelUser): ModelUser => {
  const others = [...model.users.values()].filter((each) => each !== than);
  const active = others.filter((each) => each.active);
  const among = {
    manager: organizationManagers(model),
    active,
    removed: others.filter((each) => !each.active),
    stranger: activeUsers(other),
    same: than ? [than] : [],
  }[kind];
  return choose(among, at) ?? choose(active, at) ?? choose(activeUsers(model), at) ?? raise('Nobody is left');
};

const raise = (message: string): never => {
  throw new Error(message);
};

interface PoolChoice {
  state: 'living' | 'deleted' | 'foreign';
  number: number;
}

const pool: fc.Arbitrary<PoolChoice> = fc.record({
  state: fc.oneof(
    { weight: 12, arbitrary: fc.constant('living' as const) },
    { weight: 1, arbitrary: fc.constantFrom('deleted' as const, 'foreign' as const) },
  ),
  number,
});

const poolFor = ({ model, other }: Scene, { state, number: at }: PoolChoice): string =>
  choose(
    { living: [...model.pools.keys()], deleted: model.deletedPools, foreign: [...other.pools.keys()] }[state],
    at,
  ) ?? model.rootPoolId;

const role = fc.record({
  role: fc.oneof(
    { weight: 2, arbitrary: fc.constant('organization_manager' as const) },
    { weight: 3, arbitrary: fc.constantFrom('member' as const, 'manager' as const, 'engineer' as const) },
  ),
  pool,
});

const roleFor = (
  scene: Scene,
  { role: name, pool: at }: { role: RoleAssignment['role']; pool: PoolChoice },
): RoleAssignment =>
  name === 'manager' || name === 'engineer' ? { role: name, poolId: poolFor(scene, at) } : { role: name };

const pendingInvites = fc.constantFrom('keep' as const, 'revoke' as const);

/** Who is invited: somebody new, or somebody who was or is here or in the other organization. */
const invitee = fc.record({
  known: fc.option(whom({ removed: 6, active: 1, stranger: 1 }), { freq: 2 }),
  name: fc.constantFrom('cleo', 'dan', 'eve', 'fay'),
});

const by = ({ world, model }: Scene, { personId }: ModelUser): Asking => ({ world, model, by: personId });

/** A name that tells one membership of a person from the next. */
const called = ({ email, id }: ModelUser): string => `${email.split('@', 1)[0]} (${id.slice(-4)})`;

const makers = {
  resource: makeResource,
  'resource of the pool’s owner': (asking: Asking, { poolId }: { poolId: string }) => makeResource(asking, { poolId }),
  pool: makePool,
  policy: makePolicy,
  'data source': makeDataSource,
};

const steps = {
  make: step(
    'make',
    fc.record({
      kind: fc.constantFrom(...(Object.keys(makers) as (keyof typeof makers)[])),
      asker,
      owner: user,
      named: fc.array(user, { minLength: 1, maxLength: 2 }),
      pool,
    }),
    async (scene, choice) => {
      const [actor, owner] = [userFor(scene, choice.asker), userFor(scene, choice.owner)];
      const named = [...new Set(choice.named.map((each) => userFor(scene, each).id))];
      const making = { ownerId: owner.id, poolId: poolFor(scene, choice.pool), named };
      const refusal = await makers[choice.kind](by(scene, actor), making);
      return {
        what: `a ${choice.kind} for ${called(owner)}, by ${called(actor)}`,
        refusal,
        touched: [owner.id],
        makes: true,
      };
    },
  ),
  reassign: step(
    'reassign',
    fc.record({ asker, asset: number, foreign: fc.integer({ min: 0, max: 15 }), owner: user }),
    async (scene, choice) => {
      const [actor, owner] = [userFor(scene, choice.asker), userFor(scene, choice.owner)];
      const { assets } = choice.foreign === 15 ? scene.other : scene.model;
      const asset: Asset = choose([...assets.values()], choice.asset) ?? raise('An organization has its root pool');
      const refusal = await reassign(by(scene, actor), asset, owner.id);
      return {
        what: `${asset.kind} ${asset.id} to ${called(owner)}, by ${called(actor)}`,
        refusal,
        touched: [owner.id, asset.ownerId],
      };
    },
  ),
  remove: step('remove', fc.record({ asker, leaver: user, successor, pendingInvites }), async (scene, choice) => {
    const [actor, leaver] = [userFor(scene, choice.asker), userFor(scene, choice.leaver)];
    const heir = userFor(scene, choice.successor, leaver);
    const wanted = { leaverId: leaver.id, successorId: heir.id, pendingInvites: choice.pendingInvites };
    const refusal = await remove(by(scene, actor), wanted);
    return {
      what: `${called(leaver)} for ${called(heir)}, ${choice.pendingInvites} invites, by ${called(actor)}`,
      refusal,
      touched: [leaver.id, heir.id],
    };
  }),
  leave: step(
    'leave',
    fc.record({ leaver: whom({ manager: 1, active: 2, stranger: 1 }), successor, pendingInvites }),
    async (scene, choice) => {
      const leaver = userFor(scene, choice.leaver);
      const heir = userFor(scene, choice.successor, leaver);
      const wanted = { successorId: heir.id, pendingInvites: choice.pendingInvites };
      const refusal = await leave(by(scene, leaver), wanted);
      return {
        what: `${called(leaver)} for ${called(heir)}, ${choice.pendingInvites} invites`,
        refusal,
        touched: [leaver.id, heir.id],
      };
    },
  ),
  restore: step(
    'restore',
    fc.record({ asker, user: whom({ removed: 12, active: 1, stranger: 1 }) }),
    async (scene, choice) => {
      const [actor, gone] = [userFor(scene, choice.asker), userFor(scene, choice.user)];
      const touched = [gone.id, ...(gone.successorId === undefined ? [] : [gone.successorId])];
      const refusal = await restore(by(scene, actor), gone.id);
      return { what: `${called(gone)}, by ${called(actor)}`, refusal, touched };
    },
  ),
  invite: step('invite', fc.record({ asker, invitee, role }), async (scene, choice) => {
    const actor = userFor(scene, choice.asker);
    const { known, name } = choice.invitee;
    const email = known ? userFor(scene, known).email : `${name}@example.com`;
    const refusal = await invite(by(scene, actor), email, [roleFor(scene, choice.role)]);
    return { what: `${email} by ${called(actor)}`, refusal, touched: [actor.id] };
  }),
  accept: step('accept', fc.record({ invite: number }), async (scene, choice) => {
    // Mostly one that is pending; with nothing invited there is nothing to accept.
    const all = [...scene.model.invites.values()].toSorted(
      (a, b) => Number(a.status !== 'pending') - Number(b.status !== 'pending'),
    );
    const invited = choose(all, choice.invite % 3);
    if (!invited) return { what: 'nothing' };
    const refusal = await accept({ ...scene, by: 'anybody' }, invited);
    return { what: `${invited.id} of ${invited.email}`, refusal, touched: [invited.answeredBy] };
  }),
  changeRoles: step(
    'change roles',
    fc.record({ asker, user, roles: fc.array(role, { minLength: 1, maxLength: 2 }) }),
    async (scene, choice) => {
      const [actor, changed] = [userFor(scene, choice.asker), userFor(scene, choice.user)];
      const roles = choice.roles.map((each) => roleFor(scene, each));
      const distinct = roles.filter(
        (each, index) => roles.findIndex((first) => scopeOf(first) === scopeOf(each)) === index,
      );
      const refusal = await changeRoles(by(scene, actor), changed.id, distinct);
      return {
        what: `of ${called(changed)} to ${fc.stringify(distinct)}, by ${called(actor)}`,
        refusal,
        touched: [changed.id, actor.id],
      };
    },
  ),
  deletePool: step('delete pool', fc.record({ asker, pool }), async (scene, choice) => {
    const [actor, poolId] = [userFor(scene, choice.asker), poolFor(scene, choice.pool)];
    const refusal = await deletePool(by(scene, actor), poolId);
    return { what: `${poolId} by ${called(actor)}`, refusal, makes: true };
  }),
  work: step('work', fc.record({ minutesLater: fc.constantFrom(0, 2, 10) }), async (scene, { minutesLater }) => {
    scene.world.advance(minutesLater * 60_000);
    await work(scene.world, [scene.model, scene.other]);
    return { what: `${minutesLater} minutes later` };
  }),
};

/** One role a pool, one on the organization: a request with more is malformed. */
const scopeOf = (assignment: RoleAssignment): string => ('poolId' in assignment ? assignment.poolId : 'organization');

const weights: Record<keyof typeof steps, number> = {
  make: 4,
  reassign: 4,
  remove: 8,
  leave: 2,
  restore: 5,
  invite: 3,
  accept: 3,
  changeRoles: 2,
  deletePool: 2,
  work: 2,
};

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  ...(Object.keys(steps) as (keyof typeof steps)[]).map((name) => ({ weight: weights[name], arbitrary: steps[name] })),
);
