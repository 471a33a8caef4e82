import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { listOrganizations } from '../../shared/organizations/list-organizations.ts';
import { organizationRoutes } from '../../shared/organizations/organization-routes.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(organizationRoutes, { createOrganization, listOrganizations, getOrganization });
