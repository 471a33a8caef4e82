import * as z from 'zod';
import { openEnum, type UnknownValue } from '../open-enum.ts';

/** Highest first: the order in which a person reads them. */
export const roles = ['organization_manager', 'manager', 'engineer', 'member'] as const;
export type Role = (typeof roles)[number];

export const organizationRoles = ['organization_manager', 'member'] as const;
export const poolRoles = ['manager', 'engineer'] as const;

/** A role held on the organization, or on a pool and all its sub-pools. */
export type RoleAssignment =
  { role: (typeof organizationRoles)[number] } | { role: (typeof poolRoles)[number]; poolId: string };

/** An assignment as a newer version stored it, with a role or in a form that this one does not know. It allows nothing and counts for nothing. */
export interface UnknownAssignment {
  role: 'unknown';
  stored: UnknownValue;
}

/** An assignment out of the table. */
export type StoredAssignment = RoleAssignment | UnknownAssignment;

export const isKnownAssignment = (assignment: StoredAssignment): assignment is RoleAssignment =>
  assignment.role !== 'unknown';

export const maximumAssignments = 50;

export const poolOf = (assignment: StoredAssignment): string | undefined =>
  'poolId' in assignment ? assignment.poolId : undefined;

export const isOrganizationManager = (assignments: readonly StoredAssignment[]): boolean =>
  assignments.some(({ role }) => role === 'organization_manager');

export const sameAssignments = (a: readonly StoredAssignment[], b: readonly StoredAssignment[]): boolean => {
  const held = new Set(a.map(formatAssignment));
  return a.length === b.length && b.every((assignment) => held.has(formatAssignment(assignment)));
};

/** The stored form, `manager@pool_x`: one string, so that a write can be conditioned on it with `contains`. */
export const formatAssignment = (assignment: StoredAssignment): string => {
  if (!isKnownAssignment(assignment)) return assignment.stored;
  return 'poolId' in assignment ? `${assignment.role}@${assignment.poolId}` : assignment.role;
};

export const parseAssignment = (stored: string): StoredAssignment => {
  const organizationRole = organizationRoles.find((each) => each === stored);
  if (organizationRole) return { role: organizationRole };
  const at = stored.indexOf('@');
  const [role, poolId] = [stored.slice(0, at), stored.slice(at + 1)];
  const poolRole = poolRoles.find((each) => each === role);
  return poolRole && poolIdPattern.test(poolId)
    ? { role: poolRole, poolId }
    : { role: 'unknown', stored: stored as UnknownValue };
};

const poolIdPattern = /^\w{1,64}$/;
const poolId = z.string().regex(poolIdPattern, 'Not the id of a pool.');

/** What a request gives as role assignments: 1–50, one role a pool, one on the organization. */
export const roleAssignments = z
  .array(
    z.discriminatedUnion('role', [
      z.strictObject({ role: z.literal('organization_manager') }),
      z.strictObject({ role: z.literal('member') }),
      z.strictObject({ role: z.literal('manager'), poolId }),
      z.strictObject({ role: z.literal('engineer'), poolId }),
    ]),
  )
  .min(1)
  .max(maximumAssignments)
  .check((context) => {
    const seen = new Set<string | undefined>();
    context.value.forEach((assignment, index) => {
      const scope = poolOf(assignment);
      if (seen.has(scope))
        context.issues.push({
          code: 'custom',
          input: assignment,
          path: [index],
          params: { code: scope ? 'duplicate_pool' : 'duplicate_role' },
          message: scope
            ? 'One role a pool: this pool is named twice.'
            : 'One role on the organization: it is named twice.',
        });
      seen.add(scope);
    });
  })
  .meta({ id: 'RoleAssignments', description: '1–50 role assignments: one role a pool, one on the organization.' });

/** What an answer shows of a role assignment. */
export const roleView = z
  .object({
    role: openEnum(roles),
    poolId: z.string().optional(),
    poolName: z.string().optional(),
  })
  .meta({ id: 'Role' });
