import { checkPermissions } from '../../shared/permissions/check-permissions.ts';
import { permissionRoutes } from '../../shared/permissions/permission-routes.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(permissionRoutes, { checkPermissions });
