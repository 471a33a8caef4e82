import * as z from 'zod';
import { reading } from '../api/access.ts';
import { route } from '../api/route.ts';
import { hasNo, id, inOrganization, none } from '../api/schemas.ts';
import { permissionChecksMax } from '../limits.ts';
import { actions, reaches } from '../roles/matrix.ts';
import { roleView } from '../roles/role-schemas.ts';
import { roles } from '../roles/role.ts';

/** An action to check on a pool, on a resource or, with neither, on the organization. */
const check = z
  .strictObject({ action: z.enum(actions), poolId: id.optional(), resourceId: id.optional() })
  .refine(({ poolId, resourceId }) => poolId === undefined || resourceId === undefined, {
    path: ['poolId'],
    params: { code: 'pool_or_resource' },
    message: 'Name a pool or a resource, not both.',
  })
  .meta({ dependentSchemas: { poolId: hasNo('resourceId') } });

export const permissionRoutes = {
  checkPermissions: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/permissions/check',
    access: [
      ...reading,
      {
        action: 'check_permissions',
        on: 'organization',
        // Product rule: a service account may check the permissions of any user.
        when: ({ actor, body }) =>
          body.userId !== undefined && body.userId !== actor.userId && actor.serviceAccount !== true,
      },
    ],
    params: inOrganization,
    query: none,
    body: z.strictObject({
      userId: id.optional().meta({ description: 'The id of the user. Absent: the caller.' }),
      checks: z.array(check).min(1).max(permissionChecksMax),
    }),
    units: { call: 3, item: 2 },
    status: 200,
    response: z.object({
      results: z.array(
        z.object({
          action: z.enum(actions),
          poolId: id.optional(),
          resourceId: id.optional(),
          allowed: z.boolean(),
          through: roleView
            .optional()
            .meta({ description: 'The role assignment that allows the action. Present if it is allowed.' }),
          needs: z
            .array(z.object({ role: z.enum(roles), reach: z.enum(reaches) }))
            .optional()
            .meta({
              description:
                'The roles that would allow the action, and how far each reaches. Present if it is not allowed.',
            }),
        }),
      ),
    }),
    errors: ['user_not_found', 'unknown_pool', 'unknown_resource'],
  }),
};
