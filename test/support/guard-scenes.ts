import { isDeepStrictEqual } from 'node:util';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import type { Result } from '../../shared/result.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import type { User } from '../../shared/users/user.ts';
import type { GuardRow, Scene } from './guarded.ts';
import { allServicesOf, callerOf, servicesOf } from './operations.ts';
import { asItIs } from './races.ts';
import { aManager, aUser, plantOrganization, plantUsers } from './planted.ts';

/** An organization in which somebody acts. */
export interface PlantedScene {
  organizationId: string;
  params: { organizationId: string };
  rootPoolId: string;
  actor: User;
  /** An organization manager, who makes the changes that happen meanwhile. Acts too, unless somebody else does. */
  manager: User;
  /** A user with the role Member, whom requests name as an owner. */
  owner: User;
}

/** A planted organization and the request that is played in it. */
export type AssetScene = PlantedScene & Scene;

/** An organization with a manager, who acts, and another user. */
export const plantScene = async (): Promise<PlantedScene> => {
  const [manager, owner] = [aManager(), aUser()];
  const { id: organizationId, params, rootPoolId } = await plantOrganization([manager, owner]);
  return { organizationId, params, rootPoolId, actor: manager, manager, owner };
};

/** The same organization, in which a new user with these roles acts. */
export const actingAs = async <S extends PlantedScene>(scene: S, ...assignments: RoleAssignment[]): Promise<S> => {
  const actor = aUser({ assignments });
  await plantUsers(scene.organizationId, [actor]);
  return { ...scene, actor };
};

/** A request without a query, as an operation gets it. */
export const requestOf = <P, B>(params: P, body: B) => ({ params, query: {}, body });

/** The value of an operation that a scene requires to succeed. */
export const valueOf = async <T>(running: Promise<Result<T>>): Promise<T> => {
  const result = await running;
  if (!result.ok) throw new Error(`An operation of a scene failed: ${result.error.code}`);
  return result.value;
};

type NewPool = Parameters<ReturnType<typeof createPool>>[1]['body'];

/** The manager creates a pool, below the root pool unless `parentId` says otherwise. Returns its id. */
export const addPool = async (
  { organizationId, params, rootPoolId, manager }: PlantedScene,
  { parentId = rootPoolId, ...pool }: Omit<NewPool, 'parentId'> & Partial<NewPool>,
): Promise<string> => {
  const create = createPool(servicesOf(organizationId));
  return (await valueOf(create(callerOf(manager), requestOf(params, { ...pool, parentId })))).id;
};

/** The manager moves a pool. */
export const movePool = ({ organizationId, params, manager }: PlantedScene, poolId: string, parentId: string) =>
  valueOf(updatePool(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, poolId }, { parentId })));

/** The manager removes the owner; the successor takes over what they owned. */
export const removeOwnerTo = ({ organizationId, params, manager, owner }: PlantedScene, successor: User) =>
  valueOf(
    removeUser(servicesOf(organizationId))(callerOf(manager), {
      params: { ...params, userId: owner.id },
      query: { successorId: successor.id, pendingInvites: 'keep' },
      body: undefined,
    }),
  );

/** The manager removes the owner and takes over what they owned. */
export const removeOwner = (scene: PlantedScene) => removeOwnerTo(scene, scene.manager);

/** The manager leaves the actor with these roles. */
export const leaveActorWith = ({ organizationId, params, manager, actor }: PlantedScene, roles: RoleAssignment[]) =>
  valueOf(
    changeRoles(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, userId: actor.id }, { roles })),
  );

/** Of a scene whose request carries an `Idempotency-Key`. */
export interface Repeated {
  /** The response to the same request, which was sent twice at once and went through first. */
  first?: Result<unknown>;
}

/** Of two requests with one `Idempotency-Key` that arrive at once, one has an effect, and both get its response. */
export const replayGuard = <S extends Scene & Repeated>(harm: string, scene: () => Promise<S>): GuardRow<S> => ({
  harm,
  scene,
  meanwhile: async (repeated) => {
    repeated.first = await repeated.run(allServicesOf(repeated.organizationId, asItIs));
  },
  harmed: ({ first }, result) => !isDeepStrictEqual(result, first),
});

/** What identifies a repeated request. */
export const anIdempotency = () => ({ request: crypto.randomUUID(), bodyHash: 'the same body' });
