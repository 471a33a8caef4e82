import * as z from 'zod';
import { assignmentsMax } from '../limits.ts';
import { openEnum } from '../open-enum.ts';
import { capitalized } from '../asset-kinds.ts';
import { organizationRoles, poolIdPattern, poolOf, poolRoles, roles, type Role } from './role.ts';

const poolId = z.string().regex(poolIdPattern, 'Not the id of a pool.');

/** `PoolManagerAssignment`, for a role `pool_manager`. */
const assignmentId = (role: Role): string => `${role.split('_').map(capitalized).join('')}Assignment`;

const assignmentSchemas = [
  ...organizationRoles.map((role) => z.strictObject({ role: z.literal(role) }).meta({ id: assignmentId(role) })),
  ...poolRoles.map((role) => z.strictObject({ role: z.literal(role), poolId }).meta({ id: assignmentId(role) })),
];

/** The role assignments in a request: at most one role per pool, and one on the organization. */
export const roleAssignments = z
  .array(
    z.discriminatedUnion(
      'role',
      // Zod requires a list whose type is not empty.
      assignmentSchemas as [(typeof assignmentSchemas)[number], ...typeof assignmentSchemas],
    ),
  )
  .min(1)
  .max(assignmentsMax)
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
  .meta({
    id: 'RoleAssignments',
    description: `1–${assignmentsMax} role assignments: one role a pool, one on the organization.`,
  });

/** A role assignment in a response. */
export const roleView = z
  .object({
    role: openEnum(roles),
    poolId: z.string().optional(),
    poolName: z.string().optional(),
  })
  .meta({ id: 'Role' });
