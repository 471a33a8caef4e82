import * as z from 'zod';
import { reading } from '../api/access.ts';
import { route } from '../api/route.ts';
import { inOrganization, instant, none } from '../api/schemas.ts';
import { inviteReminderDays } from '../limits.ts';

const count = z.int().min(0);

const byRole = z.object({
  organization_manager: count.meta({ description: 'Active organization managers.' }),
  manager: count.meta({ description: 'Active users who are managers, also of pools that were deleted since.' }),
  engineer: count.meta({ description: 'Active users who are engineers, also in pools that were deleted since.' }),
  member: count.meta({ description: 'Active users with the role of a member.' }),
});

const organizationTotals = z
  .object({
    asOf: instant.meta({ description: 'When the count started, in UTC. Later changes may be missing.' }),
    users: count.meta({ description: 'Active users.' }),
    byRole: byRole.meta({
      description: 'Active users by role. A user with several roles counts for each of them, once.',
    }),
    removed: count.optional().meta({
      description: 'Users who were removed or who left. Absent until the list of removed users is complete.',
    }),
    pending: count.meta({ description: 'Pending invites.' }),
    bounced: count.meta({ description: 'Pending invites whose email bounced.' }),
    expiring: count.meta({
      description: `Pending invites that expire within ${inviteReminderDays} days of the count.`,
    }),
  })
  .meta({ id: 'OrganizationTotals' });

export const totalsRoutes = {
  getTotals: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/totals',
    access: reading,
    params: inOrganization,
    query: none,
    body: undefined,
    status: 200,
    response: z
      .object({
        totals: organizationTotals.optional().meta({
          description: 'Absent until the organization has been counted for the first time.',
        }),
      })
      .meta({ id: 'Totals' }),
    errors: [],
  }),
};
