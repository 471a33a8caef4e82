import { auditRoutes } from '../../shared/organizations/audit-routes.ts';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { listAuditEvents } from '../../shared/organizations/list-audit-events.ts';
import { listOrganizations } from '../../shared/organizations/list-organizations.ts';
import { organizationRoutes } from '../../shared/organizations/organization-routes.ts';
import { updateOrganization } from '../../shared/organizations/update-organization.ts';
import { getTotals } from '../../shared/totals/get-totals.ts';
import { totalsRoutes } from '../../shared/totals/totals-routes.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(
  { ...organizationRoutes, ...totalsRoutes, ...auditRoutes },
  { createOrganization, listOrganizations, getOrganization, getTotals, listAuditEvents, updateOrganization },
);
