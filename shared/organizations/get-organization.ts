import { operation } from '../api/operation.ts';
import { ok } from '../result.ts';
import { organizationRoutes } from './organization-routes.ts';
import { organizationView } from './organization-view.ts';

export const getOrganization = operation(organizationRoutes.getOrganization, {}, async (_services, { organization }) =>
  ok(organizationView(organization)),
);
