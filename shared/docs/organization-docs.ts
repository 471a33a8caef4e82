import { exampleIds, exampleInstant, exampleInvite, exampleManager, exampleOrganization } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import { organizationsPerPersonMax } from '../limits.ts';
import type { auditRoutes } from '../organizations/audit-routes.ts';
import type { organizationRoutes } from '../organizations/organization-routes.ts';

export const organizationDocs: DocsOf<typeof organizationRoutes> = {
  createOrganization: {
    tag: 'Organizations',
    summary: 'Create an organization',
    description: `Creates an organization and its root pool, which carries the same name. The caller becomes its organization manager. A person can create at most ${organizationsPerPersonMax} organizations.`,
    example: { body: { name: exampleOrganization.name }, response: { ...exampleOrganization, version: 1 } },
  },
  listOrganizations: {
    tag: 'Organizations',
    summary: 'List the organizations of the caller',
    description:
      'Lists the organizations that the caller belongs to, with the caller’s user id and roles in each, in the order in which the organizations were created.',
    example: {
      response: {
        items: [
          {
            id: exampleOrganization.id,
            name: exampleOrganization.name,
            userId: exampleManager.id,
            roles: exampleManager.roles,
          },
        ],
      },
    },
  },
  getOrganization: {
    tag: 'Organizations',
    summary: 'Get an organization',
    description: 'Returns an organization and its settings. Every member may read it.',
    example: { response: exampleOrganization },
  },
  updateOrganization: {
    tag: 'Organizations',
    summary: 'Change the settings of an organization',
    description:
      'Changes the given settings and leaves the others as they are. A new name also becomes the name of the root pool.',
    example: { body: { inviteExpiryDays: 14 }, response: { ...exampleOrganization, inviteExpiryDays: 14, version: 4 } },
  },
};

export const auditDocs: DocsOf<typeof auditRoutes> = {
  listAuditEvents: {
    tag: 'Audit log',
    summary: 'List audit events',
    description:
      'Lists who did what to whom, when, and by which request, newest first. Filter by who acted, by what was acted on, by action and by time. For a resource, the list includes only the ten latest ingestions that changed it.',
    example: {
      response: {
        items: [
          {
            id: exampleIds.eventId,
            at: exampleInstant,
            actor: { id: exampleManager.id, name: exampleManager.name },
            action: 'invites_created',
            targets: [exampleInvite.id],
            names: { [exampleInvite.id]: exampleInvite.email },
            requestId: exampleIds.requestId,
            details: { roles: ['engineer'] },
          },
        ],
      },
    },
  },
};
