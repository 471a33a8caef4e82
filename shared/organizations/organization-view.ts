import type { Output } from '../api/route.ts';
import type { Organization } from './organization.ts';
import type { organizationRoutes } from './organization-routes.ts';

export const organizationView = ({
  id,
  name,
  rootPoolId,
  inviteExpiryDays,
  createdAt,
  version,
}: Organization): Output<typeof organizationRoutes.getOrganization> => ({
  id,
  name,
  rootPoolId,
  inviteExpiryDays,
  createdAt,
  version,
});
