import type { ErrorCode } from '../../shared/errors.ts';
import type { PendingInvitesChoice } from '../../shared/users/inviter.ts';
import { isOrganizationManager, poolOf, type RoleAssignment } from '../../shared/roles/role.ts';
import type { Persons } from './persons.ts';
import {
  organizationManagers,
  pathTo,
  statusOf,
  userOf,
  type Model,
  type ModelInvite,
  type ModelUser,
} from './model.ts';

/** Why the product has to refuse something, by the contract (shared/README.md); undefined: it has to do it. */
export type Refusal = ErrorCode | undefined;

/** Who asks, as a user of the organization. */
type Actor = ModelUser | undefined;

export const unlessMember = (actor: Actor): Refusal => {
  if (!actor) return 'organization_not_found';
  return actor.account === 'active' ? undefined : 'own_account_disabled';
};

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

const canSignIn = (persons: Persons, { personId }: ModelUser): boolean => persons.of(personId).state === 'active';

/** A manager who goes has to leave another one, who can sign in. */
const whyNotWithout = (model: Model, persons: Persons, leaver: ModelUser): Refusal => {
  const others = organizationManagers(model).filter((manager) => manager !== leaver);
  if (others.length === 0) return 'last_organization_manager';
  return others.some((manager) => canSignIn(persons, manager)) ? undefined : 'no_manager_can_sign_in';
};

export const whyNotHandOver = (
  model: Model,
  persons: Persons,
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
  if (!canSignIn(persons, successor)) return 'successor_cannot_sign_in';
  if (!isOrganizationManager(leaver.roles)) return undefined;
  const orphans = leaver === actor && pendingInvites !== 'revoke' && !isOrganizationManager(successor.roles);
  return whyNotWithout(model, persons, leaver) ?? (orphans ? 'invites_need_manager' : undefined);
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

export const whyNotChangeRoles = (
  model: Model,
  persons: Persons,
  userId: string,
  roles: readonly RoleAssignment[],
): Refusal => {
  const user = model.users.get(userId);
  if (!user) return 'user_not_found';
  if (!user.active) return 'already_removed';
  const demoted = isOrganizationManager(user.roles) && !isOrganizationManager(roles);
  return whyNotRoles(model, roles) ?? (demoted ? whyNotWithout(model, persons, user) : undefined);
};

export const whyNotAccept = (model: Model, persons: Persons, invite: ModelInvite): Refusal => {
  const status = statusOf(model, invite);
  if (status === 'accepted') return model.users.get(invite.userId ?? '')?.active ? undefined : 'invite_accepted';
  if (status === 'revoked') return 'invite_revoked';
  if (status === 'needs_roles') return 'invite_void';
  if (status === 'already_member') return 'already_member';
  const holder = persons.holderOf(invite.email);
  // Without an account one is made, for which nobody chooses a password here.
  if (holder === undefined) return 'password_required';
  if (persons.of(holder).state === 'disabled') return 'account_disabled';
  return userOf(model, holder) ? 'already_member' : undefined;
};

export const whyNotReviseInvite = (model: Model, invite: ModelInvite, roles: readonly RoleAssignment[]): Refusal =>
  invite.status === 'pending' ? whyNotRoles(model, roles) : 'invite_settled';

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
  return invites.some((invite) => statusOf(model, invite) === 'pending' && invite.email === email) ? 'invited' : 'free';
};
