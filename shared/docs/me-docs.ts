import { exampleIds, exampleInvite, exampleManager, exampleOrganization, examplePerson } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import type { meRoutes } from '../me/me-routes.ts';

export const meDocs: DocsOf<typeof meRoutes> = {
  getMe: {
    tag: 'Me',
    summary: 'Get the signed-in person',
    description: 'Returns the account of the signed-in person. A machine has no account, so it gets `forbidden`.',
    example: { response: examplePerson },
  },
  updateMe: {
    tag: 'Me',
    summary: 'Change the name of the signed-in person',
    description: 'Changes the name in the person’s account and in every organization to which the person belongs.',
    example: { body: { name: 'Ada King' }, response: { ...examplePerson, name: 'Ada King' } },
  },
  listMyInvites: {
    tag: 'Me',
    summary: 'List the invites to the signed-in person',
    description:
      'Lists the pending invites to the person’s verified email address. With it a person can join although the email was lost.',
    example: {
      response: {
        items: [
          {
            id: exampleIds.inviteId,
            organization: {
              id: exampleOrganization.id,
              name: exampleOrganization.name,
              createdAt: exampleOrganization.createdAt,
            },
            inviter: { name: exampleManager.name, email: exampleManager.email },
            namesake: false,
            roles: [{ role: 'engineer', poolName: 'Web' }],
            message: exampleInvite.message,
            expiresAt: exampleInvite.expiresAt,
          },
        ],
      },
    },
  },
  acceptMyInvite: {
    tag: 'Me',
    summary: 'Accept an invite to the signed-in person',
    description: 'Accepts an invite to the person’s verified email address, without the link in the email.',
    example: {
      response: { organizationId: exampleIds.organizationId, userId: exampleIds.userId, email: examplePerson.email },
    },
    links: { getUser: { organizationId: '$response.body#/organizationId', userId: '$response.body#/userId' } },
  },
  declineMyInvite: {
    tag: 'Me',
    summary: 'Decline an invite to the signed-in person',
    description: 'Declines an invite to the person’s verified email address, without the link in the email.',
    example: {},
  },
};
