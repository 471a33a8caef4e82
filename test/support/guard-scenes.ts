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

/** A planted organization, with the users that a scene needs. */
export interface PlantedScene {
  organizationId: string;
  params: { organizationId: string };
  rootPoolId: string;
  actor: User;
  /** An organization manager, who makes the concurrent changes. Also the actor, unless the scene names another one. */
  manager: User;
  /** A user with the role Member whom requests name as an owner. */
  owner: User;
}

/** A planted organization and the request to run in it. */
export type AssetScene = PlantedScene & Scene;

/** Plants an organization with a manager, who is the actor, and an owner. */
export const plantScene = async (): Promise<PlantedScene> => {
  const [manager, owner] = [aManager(), aUser()];
  const { id: organizationId, params, rootPoolId } = await plantOrganization([manager, owner]);
  return { organizationId, params, rootPoolId, actor: manager, manager, owner };
};

/** The same scene, with a new user with these roles as the actor. */
export const actingAs = async <S extends PlantedScene>(scene: S, ...assignments: RoleAssignment[]): Promise<S> => {
  const actor = aUser({ assignments });
  await plantUsers(scene.organizationId, [actor]);
  return { ...scene, actor };
};

/** The input of an operation for a request without query parameters. */
export const requestOf = <P, B>(params: P, body: B) => ({ params, query: {}, body });

/** The value of an operation that prepares a scene. Throws if the operation fails. */
export const valueOf = async <T>(running: Promise<Result<T>>): Promise<T> => {
  const result = await running;
  if (!result.ok) throw new Error(`An operation of a scene failed: ${result.error.code}`);
  return result.value;
};

type NewPool = Parameters<ReturnType<typeof createPool>>[1]['body'];

/** The manager creates a pool, below the root pool unless `parentId` is given. Returns the id of the pool. */
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

/** The manager removes the owner, and the successor takes over the owner's assets. */
export const removeOwnerTo = ({ organizationId, params, manager, owner }: PlantedScene, successor: User) =>
  valueOf(
    removeUser(servicesOf(organizationId))(callerOf(manager), {
      params: { ...params, userId: owner.id },
      query: { successorId: successor.id, pendingInvites: 'keep' },
      body: undefined,
    }),
  );

/** The manager removes the owner and takes over the owner's assets. */
export const removeOwner = (scene: PlantedScene) => removeOwnerTo(scene, scene.manager);

/** The manager replaces the actor's roles by these. */
export const leaveActorWith = ({ organizationId, params, manager, actor }: PlantedScene, roles: RoleAssignment[]) =>
  valueOf(
    changeRoles(servicesOf(organizationId))(callerOf(manager), requestOf({ ...params, userId: actor.id }, { roles })),
  );

/** The part of a scene that is needed if its request carries an `Idempotency-Key`. */
export interface Repeated {
  /** The response to the duplicate of the request, which was sent at the same time and completed first. */
  first?: Result<unknown>;
}

/** The row of a guard by which two simultaneous requests with one `Idempotency-Key` have one effect and get the same response. */
export const replayGuard = <S extends Scene & Repeated>(harm: string, scene: () => Promise<S>): GuardRow<S> => ({
  harm,
  scene,
  meanwhile: async (repeated) => {
    repeated.first = await repeated.run(allServicesOf(repeated.organizationId, asItIs));
  },
  harmed: ({ first }, result) => !isDeepStrictEqual(result, first),
});

/** The data by which the shell recognizes a repeated request. */
export const anIdempotency = () => ({ request: crypto.randomUUID(), bodyHash: 'the same body' });
