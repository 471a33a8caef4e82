import { exampleInstant } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import type { totalsRoutes } from '../totals/totals-routes.ts';

export const totalsDocs: DocsOf<typeof totalsRoutes> = {
  getTotals: {
    tag: 'Organizations',
    summary: 'Get the totals of an organization',
    description:
      'Returns the numbers of users and pending invites as they were last counted. After a change, they are counted again within a minute or two, and after longer in a very large organization. `asOf` says when the count started.',
    example: {
      response: {
        totals: {
          asOf: exampleInstant,
          users: 128,
          byRole: { organization_manager: 3, manager: 14, engineer: 61, member: 58 },
          removed: 9,
          pending: 12,
          bounced: 1,
          expiring: 4,
        },
      },
    },
  },
};
