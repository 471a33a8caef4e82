import { idLettersMax } from '../limits.ts';
import type { UnknownValue } from '../open-enum.ts';

/**
 * The only list of roles, highest first: the console and the API list them in this order. To add a role, add an entry here,
 * its cells in the matrix and its explanation in the console (`roleExplanations`).
 */
export const roleDefinitions = {
  organization_manager: { name: 'Organization manager', heldOn: 'organization' },
  manager: { name: 'Manager', heldOn: 'pool' },
  engineer: { name: 'Engineer', heldOn: 'pool' },
  member: { name: 'Member', heldOn: 'organization' },
} as const satisfies Record<string, { name: string; heldOn: 'organization' | 'pool' }>;

export type Role = keyof typeof roleDefinitions;

type RoleHeldOn<Place> = {
  [R in Role]: (typeof roleDefinitions)[R]['heldOn'] extends Place ? R : never;
}[Role];
export type OrganizationRole = RoleHeldOn<'organization'>;
export type PoolRole = RoleHeldOn<'pool'>;

/** A role held on the organization, or on a pool and all its sub-pools. */
export type RoleAssignment = { role: OrganizationRole } | { role: PoolRole; poolId: string };

export const roles = Object.keys(roleDefinitions) as Role[];

export const isPoolRole = (role: Role): role is PoolRole => roleDefinitions[role].heldOn === 'pool';
const isOrganizationRole = (role: Role): role is OrganizationRole => !isPoolRole(role);

export const organizationRoles = roles.filter(isOrganizationRole);
export const poolRoles = roles.filter(isPoolRole);

/**
 * An assignment that a newer version stored, with a role or in a format that this version does not know. It grants no rights
 * and is never counted.
 */
export interface UnknownAssignment {
  role: 'unknown';
  stored: UnknownValue;
}

/** An assignment as read from the table. */
export type StoredAssignment = RoleAssignment | UnknownAssignment;

export const isKnownAssignment = (assignment: StoredAssignment): assignment is RoleAssignment =>
  assignment.role !== 'unknown';

export const poolOf = (assignment: StoredAssignment): string | undefined =>
  'poolId' in assignment ? assignment.poolId : undefined;

export const isOrganizationManager = (held: readonly { role: string }[]): boolean =>
  held.some(({ role }) => role === 'organization_manager');

export const sameAssignments = (a: readonly StoredAssignment[], b: readonly StoredAssignment[]): boolean => {
  const held = new Set(a.map(formatAssignment));
  return a.length === b.length && b.every((assignment) => held.has(formatAssignment(assignment)));
};

/** Returns the role as an assignment on the pool, or on the organization if no pool is named; undefined if it is not valid there. */
export const toAssignment = (name: string | undefined, poolId: string | undefined): RoleAssignment | undefined => {
  const role = roles.find((each) => each === name);
  if (role === undefined) return undefined;
  if (isPoolRole(role)) return poolId ? { role, poolId } : undefined;
  return poolId === undefined ? { role } : undefined;
};

/** The stored form, `manager@pool_x`. It is one string so that the condition of a write can test for it with `contains`. */
export const formatAssignment = (assignment: StoredAssignment): string => {
  if (!isKnownAssignment(assignment)) return assignment.stored;
  return 'poolId' in assignment ? `${assignment.role}@${assignment.poolId}` : assignment.role;
};

export const parseAssignment = (stored: string): StoredAssignment => {
  const at = stored.indexOf('@');
  const [name, poolId] = at < 0 ? [stored, undefined] : [stored.slice(0, at), stored.slice(at + 1)];
  const assignment = poolId === undefined || poolIdPattern.test(poolId) ? toAssignment(name, poolId) : undefined;
  return assignment ?? { role: 'unknown', stored: stored as UnknownValue };
};

export const poolIdPattern = new RegExp(`^\\w{1,${idLettersMax}}$`);
