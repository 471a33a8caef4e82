import type { Operation } from '../api/route.ts';
import { ok } from '../result.ts';
import { organizationView } from './organization-view.ts';
import type { organizationRoutes } from './organization-routes.ts';

export const getOrganization: Operation<typeof organizationRoutes.getOrganization> = () => async (actor) =>
  ok(organizationView(actor.organization));
