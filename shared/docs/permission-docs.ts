import { exampleIds, exampleRoleView, exampleUser } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import type { permissionRoutes } from '../permissions/permission-routes.ts';

export const permissionDocs: DocsOf<typeof permissionRoutes> = {
  checkPermissions: {
    tag: 'Permissions',
    summary: 'Check permissions',
    description:
      'Returns, for each check, whether the user may take the action and why: the role assignment that allows it, or the roles that would. Everybody can check their own permissions. Only an organization manager or a service account can check those of another user.',
    example: {
      body: {
        userId: exampleUser.id,
        checks: [
          { action: 'edit_resource', resourceId: exampleIds.resourceId },
          { action: 'edit_pool', poolId: exampleIds.poolId },
        ],
      },
      response: {
        results: [
          { action: 'edit_resource', resourceId: exampleIds.resourceId, allowed: true, through: exampleRoleView },
          {
            action: 'edit_pool',
            poolId: exampleIds.poolId,
            allowed: false,
            needs: [
              { role: 'organization_manager', reach: 'anywhere' },
              { role: 'manager', reach: 'scope' },
            ],
          },
        ],
      },
    },
  },
};
