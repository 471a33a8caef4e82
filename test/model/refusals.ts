import type { ErrorCode } from '../../shared/errors.ts';
import type { PendingInvitesChoice } from '../../shared/users/inviter.ts';
import { isOrganizationManager, poolOf, type RoleAssignment } from '../../shared/roles/role.ts';
import { organizationManagers, livingRoles, pathTo, type Model, type ModelInvite, type ModelUser } from './model.ts';

/** Why the product has to refuse something, as product.md has it; undefined: it has to do it. */
export type Refusal = ErrorCode | undefined;

/** Who asks, as a user of the organization. */
type Actor = ModelUser | undefined;

export const unlessMember = (actor: Actor): Refusal => (actor ? undefined : 'organization_not_found');

export const unlessOrganizationManager = (actor: Actor): Refusal =>
  unlessMember(actor) ?? (actor && isOrganizationManager(actor.roles) ? undefined : 'forbidden');

/** Whoever manages no pool at all is refused before anything is looked at. */
export const unlessSomeManager = (actor: Actor): Refusal =>
  unlessMember(actor) ??
  (actor?.roles.some(({ role }) => role === 'organization_manager' || role === 'manager') ? undefined : 'forbidden');

/** Whoever might edit a resource somewhere. */
export const unlessSomeEditor = (actor: Actor): Refusal =>
  unlessMember(actor) ?? (actor?.roles.some(({ role }) => role !== 'member') ? undefined : 'forbidden');

/** A manager's role reaches its pool and all below. `path`: from the root down. */
export const unlessManaged = (actor: Actor, path: readonly string[]): Refusal =>
  actor?.roles.some(
    (role) => role.role === 'organization_manager' || (role.role === 'manager' && path.includes(role.poolId)),
  )
    ? undefined
    : 'forbidden';

/** Nobody who is not an active user can be given anything. */
export const whyNotOwners = (model: Model, userIds: readonly string[]): Refusal => {
  const reasons = userIds.map((id): Refusal => {
    const user = model.users.get(id);
    if (!user) return 'unknown_user';
    return user.active ? undefined : 'owner_inactive';
  });
  return reasons.find((reason) => reason !== undefined);
};

export const whyNotRoles = (model: Model, roles: readonly RoleAssignment[]): Refusal =>
  roles.every((role) => poolOf(role) === undefined || model.pools.has(poolOf(role) ?? '')) ? undefined : 'unknown_pool';

export interface HandOver {
  leaverId: string;
  successorId: string;
  pendingInvites: PendingInvitesChoice;
}

export const whyNotHandOver = (
  model: Model,
  actor: Actor,
  { leaverId, successorId, pendingInvites }: HandOver,
): Refusal => {
  const leaver = model.users.get(leaverId);
  const successor = model.users.get(successorId);
  if (!leaver) return 'user_not_found';
  if (!leaver.active) return leaver.successorId === successorId ? undefined : 'already_removed';
  if (leaver === successor) return 'successor_is_leaver';
  if (!successor) return 'successor_unknown';
  if (!successor.active) return 'successor_inactive';
  if (!isOrganizationManager(leaver.roles)) return undefined;
  if (organizationManagers(model).length === 1) return 'last_organization_manager';
  const orphans = leaver === actor && pendingInvites !== 'revoke' && !isOrganizationManager(successor.roles);
  return orphans ? 'invites_need_manager' : undefined;
};

export const whyNotRestore = (model: Model, userId: string): Refusal => {
  const user = model.users.get(userId);
  if (!user) return 'user_not_found';
  if (user.active) return undefined;
  if (!model.users.get(user.successorId ?? '')?.active) return 'successor_removed';
  const standing = standingOfAddress(model, user.email);
  if (standing === 'member') return 'already_member';
  return standing === 'invited' ? 'address_taken' : undefined;
};

export const whyNotChangeRoles = (model: Model, userId: string, roles: readonly RoleAssignment[]): Refusal => {
  const user = model.users.get(userId);
  if (!user) return 'user_not_found';
  if (!user.active) return 'already_removed';
  const last = isOrganizationManager(user.roles) && organizationManagers(model).length === 1;
  return whyNotRoles(model, roles) ?? (last && !isOrganizationManager(roles) ? 'last_organization_manager' : undefined);
};

export const whyNotAccept = (model: Model, invite: ModelInvite): Refusal => {
  if (invite.status === 'accepted') return undefined;
  if (invite.status === 'revoked') return 'invite_revoked';
  return livingRoles(model, invite.roles).length === 0 ? 'invite_void' : undefined;
};

export const whyNotDeletePool = (model: Model, actor: Actor, poolId: string): Refusal => {
  if (!model.pools.has(poolId)) return 'pool_not_found';
  if (poolId === model.rootPoolId) return 'root_pool';
  const parents = [...model.pools.values()].map(({ parentId }) => parentId);
  // Who manages a pool deletes those below it, not the pool itself.
  return (
    unlessManaged(actor, pathTo(model, poolId).slice(0, -1)) ??
    (parents.includes(poolId) ? 'pool_has_children' : undefined)
  );
};

/** At most one pending invite or user for each address. */
export const standingOfAddress = (model: Model, email: string): 'member' | 'invited' | 'free' => {
  if ([...model.users.values()].some((user) => user.active && user.email === email)) return 'member';
  const invites = [...model.invites.values()];
  return invites.some((invite) => invite.status === 'pending' && invite.email === email) ? 'invited' : 'free';
};
