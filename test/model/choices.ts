import * as fc from 'fast-check';
import { pendingInvitesChoices } from '../../shared/users/inviter.ts';
import { poolOf, type RoleAssignment } from '../../shared/roles/role.ts';
import type { Asking } from './answer.ts';
import { activeUsers, organizationManagers, type ModelUser } from './model.ts';
import type { Scene } from './step.ts';

/* What a step can be about. A choice is a number, or says of whom; what it comes to depends on who and what is there by then. */

export const number = fc.nat({ max: 20 });

export const choose = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(from.length, 1)];

type Whom = 'manager' | 'active' | 'removed' | 'stranger' | 'same';
interface UserChoice {
  whom: Whom;
  number: number;
}

export const whom = (weights: Partial<Record<Whom, number>>): fc.Arbitrary<UserChoice> =>
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
export const asker = whom({ manager: 12, active: 3, removed: 1, stranger: 1 });
export const user = whom({ active: 12, removed: 2, stranger: 1 });

/** Whoever takes over: somebody else than the leaver, but by mistake. */
export const successor = whom({ active: 14, removed: 2, stranger: 1, same: 1 });

/** One of those; `than`: another than this user. */
export const userFor = (
  { model, other }: Scene,
  { whom: kind, number: at }: UserChoice,
  than?: ModelUser,
): ModelUser => {
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

export const pool: fc.Arbitrary<PoolChoice> = fc.record({
  state: fc.oneof(
    { weight: 12, arbitrary: fc.constant('living' as const) },
    { weight: 1, arbitrary: fc.constantFrom('deleted' as const, 'foreign' as const) },
  ),
  number,
});

export const poolFor = ({ model, other }: Scene, { state, number: at }: PoolChoice): string =>
  choose(
    { living: [...model.pools.keys()], deleted: model.deletedPools, foreign: [...other.pools.keys()] }[state],
    at,
  ) ?? model.rootPoolId;

export const role = fc.record({
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

/** One role a pool, one on the organization: a request with more is malformed. */
export const rolesFor = (scene: Scene, choices: readonly Parameters<typeof roleFor>[1][]): RoleAssignment[] => {
  const byScope = new Map(choices.map((each) => roleFor(scene, each)).map((each) => [poolOf(each), each]));
  return [...byScope.values()];
};

export const pendingInvites = fc.constantFrom(...pendingInvitesChoices);

/** Who is invited: somebody new, or somebody who was or is here or in the other organization. */
export const invitee = fc.record({
  known: fc.option(whom({ removed: 6, active: 1, stranger: 1 }), { freq: 2 }),
  name: fc.constantFrom('cleo', 'dan', 'eve', 'fay'),
});

export const by = ({ world, model }: Scene, { personId }: ModelUser): Asking => ({ world, model, by: personId });

/** A name that tells one membership of a person from the next. */
export const called = ({ email, id }: ModelUser): string => `${email.split('@', 1)[0]} (${id.slice(-4)})`;
