import { poolOf, isOrganizationManager, type RoleAssignment } from '../../shared/roles/role.ts';
import type { PendingInvitesChoice } from '../../shared/users/inviter.ts';

/**
 * What an organization has to be after each step, in plain maps. It knows nothing of holders, holdings and pointers: here a
 * removal gives every asset to the successor, one by one, and keeps a list of them for a restore to go through.
 */
export interface Model {
  organizationId: string;
  rootPoolId: string;
  /** Active and removed ones. */
  users: Map<string, ModelUser>;
  invites: Map<string, ModelInvite>;
  /** Those that are left, with their parents; the root has none. */
  pools: Map<string, { parentId: string | undefined }>;
  deletedPools: string[];
  /** By `<kind> <id>`. A policy's filter is one asset for each user that it names. */
  assets: Map<string, Asset>;
  /** How often anything was assigned to anybody by name. */
  assignments: number;
}

export const kinds = ['resource', 'pool', 'policy', 'data source', 'filter'] as const;
export type Kind = (typeof kinds)[number];

export interface Asset {
  kind: Kind;
  /** Of a filter: the policy's. */
  id: string;
  ownerId: string;
  /** Which assignment it was that named its owner, or whoever had it before. */
  assignment: number;
  /** Of a resource. */
  poolId?: string;
}

export interface ModelUser {
  id: string;
  personId: string;
  email: string;
  /** As last looked up. */
  account: 'active' | 'disabled' | 'missing';
  /** The address of the account, while it is taken. */
  emailConflict: string | undefined;
  roles: RoleAssignment[];
  active: boolean;
  /** Whom it took over, in this order. */
  takenOver: string[];
  successorId: string | undefined;
  /** What it had when it was removed, and by which assignment. */
  handedOver: Map<string, number>;
}

export interface ModelInvite {
  id: string;
  email: string;
  roles: RoleAssignment[];
  /** An invite whose pools are all gone is pending here: `statusOf` tells. */
  status: 'pending' | 'accepted' | 'revoked' | 'already_member';
  answeredBy: string;
  /** What its mail brought; none, where the address had its mails of the day. */
  link: string | undefined;
  /** The user that it made. */
  userId?: string;
}

export const emptyModel = (organizationId: string, rootPoolId: string): Model => ({
  organizationId,
  rootPoolId,
  users: new Map(),
  invites: new Map(),
  pools: new Map([[rootPoolId, { parentId: undefined }]]),
  deletedPools: [],
  assets: new Map(),
  assignments: 0,
});

export const activeUsers = ({ users }: Model): ModelUser[] => [...users.values()].filter(({ active }) => active);

export const organizationManagers = (model: Model): ModelUser[] =>
  activeUsers(model).filter(({ roles }) => isOrganizationManager(roles));

/** The person as a user of the organization, while it is one. */
export const userOf = (model: Model, personId: string): ModelUser | undefined =>
  activeUsers(model).find((user) => user.personId === personId);

/** Roles on pools that are gone count for nothing. */
export const livingRoles = ({ pools }: Model, roles: readonly RoleAssignment[]): RoleAssignment[] =>
  roles.filter((role) => pools.has(poolOf(role) ?? '') || poolOf(role) === undefined);

/** Whether an invite is pending, or needs roles because all its pools are gone. */
export const statusOf = (model: Model, { status, roles }: ModelInvite): ModelInvite['status'] | 'needs_roles' =>
  status === 'pending' && livingRoles(model, roles).length === 0 ? 'needs_roles' : status;

/** An invite that needs roles gives way to whatever takes its address. */
export const replaceInvites = (model: Model, email: string, status: 'revoked' | 'already_member'): void => {
  for (const invite of model.invites.values())
    if (invite.email === email && statusOf(model, invite) === 'needs_roles') invite.status = status;
};

/** From the root down to the pool; empty for one that is gone. */
export const pathTo = (model: Model, poolId: string | undefined): string[] => {
  const pool = model.pools.get(poolId ?? '');
  return pool && poolId !== undefined ? [...pathTo(model, pool.parentId), poolId] : [];
};

export const join = (model: Model, user: Pick<ModelUser, 'id' | 'personId' | 'email' | 'roles'>): void =>
  void model.users.set(user.id, {
    ...user,
    account: 'active',
    emailConflict: undefined,
    active: true,
    takenOver: [],
    successorId: undefined,
    handedOver: new Map(),
  });

const keyOf = (kind: Kind, id: string, place = ''): string => `${kind} ${id}${place}`;

/** Gives something to somebody by name. */
export const assign = (model: Model, kind: Kind, id: string, ownerId: string, poolId?: string): void => {
  model.assignments += 1;
  model.assets.set(keyOf(kind, id), {
    ...model.assets.get(keyOf(kind, id)),
    kind,
    id,
    ownerId,
    assignment: model.assignments,
    ...(poolId !== undefined && { poolId }),
  });
};

/** Names users in the filter of a policy; whom it named before no longer. */
export const nameInFilter = (model: Model, policyId: string, ownerIds: readonly string[]): void => {
  for (const [key, { kind, id }] of model.assets) if (kind === 'filter' && id === policyId) model.assets.delete(key);
  model.assignments += 1;
  for (const [index, ownerId] of ownerIds.entries())
    model.assets.set(keyOf('filter', policyId, ` ${index}`), {
      kind: 'filter',
      id: policyId,
      ownerId,
      assignment: model.assignments,
    });
};

/** What a user owns, by key; of a removed one, what a restore would bring back. */
export const assetsOf = (model: Model, user: ModelUser): [string, Asset][] =>
  [...model.assets].filter(([key, { ownerId, assignment }]) =>
    user.active ? ownerId === user.id : user.handedOver.get(key) === assignment,
  );

/** A removal. `invitesTo`: who answers from now on for the invites that the leaver answered for, as far as they are kept. */
export const handOver = (
  model: Model,
  leaver: ModelUser,
  successor: ModelUser,
  invitesTo: string | undefined,
  choice: PendingInvitesChoice,
): void => {
  leaver.handedOver = new Map(assetsOf(model, leaver).map(([key, { assignment }]) => [key, assignment]));
  for (const [, asset] of assetsOf(model, leaver)) asset.ownerId = successor.id;
  successor.takenOver.push(leaver.id);
  leaver.active = false;
  leaver.successorId = successor.id;
  passInvites(model, leaver.id, invitesTo, choice);
};

/** A restore: back comes what nobody assigned to anybody since. */
export const giveBack = (model: Model, user: ModelUser): void => {
  const successor = model.users.get(user.successorId ?? '');
  if (!successor) throw new Error('Who was removed has a successor');
  for (const [, asset] of assetsOf(model, user)) asset.ownerId = user.id;
  successor.takenOver = successor.takenOver.filter((id) => id !== user.id);
  user.active = true;
  user.successorId = undefined;
  user.handedOver = new Map();
};

export const pendingInvites = (model: Model, answeredBy: string): ModelInvite[] =>
  [...model.invites.values()].filter((invite) => invite.status === 'pending' && invite.answeredBy === answeredBy);

/** Without anybody to answer for them, all are revoked. */
export const passInvites = (model: Model, from: string, to: string | undefined, choice: PendingInvitesChoice): void => {
  for (const invite of pendingInvites(model, from)) {
    if (to === undefined || choice === 'revoke') invite.status = 'revoked';
    else if (choice === 'revoke_managers' && isOrganizationManager(invite.roles)) invite.status = 'revoked';
    else invite.answeredBy = to;
  }
};

/** What was in the pool is in its parent from now on. */
export const removePool = (model: Model, poolId: string): void => {
  const parentId = model.pools.get(poolId)?.parentId ?? model.rootPoolId;
  for (const asset of model.assets.values()) if (asset.poolId === poolId) asset.poolId = parentId;
  model.assets.delete(keyOf('pool', poolId));
  model.pools.delete(poolId);
  model.deletedPools.push(poolId);
};
