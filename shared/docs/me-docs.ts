import { exampleIds, exampleInvite, exampleManager, exampleOrganization, examplePerson } from './examples.ts';
import type { Output } from '../api/route.ts';
import type { DocsOf } from './route-docs.ts';
import type { meRoutes } from '../me/me-routes.ts';

const exampleNotifications: Output<typeof meRoutes.getNotifications> = {
  kinds: [
    { kind: 'roles_changed', enabled: true, fixed: true },
    { kind: 'new_invite_requested', enabled: false, fixed: false },
  ],
  version: 2,
};

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
  getNotifications: {
    tag: 'Me',
    summary: 'Get the notification settings of the signed-in person',
    description: 'Returns what the signed-in person is notified of by email, in all organizations.',
    example: { response: exampleNotifications },
  },
  updateNotifications: {
    tag: 'Me',
    summary: 'Change the notification settings of the signed-in person',
    description:
      'Turns kinds of emails on or off, in all organizations. Emails about the person’s own access are always sent.',
    example: { body: { kinds: { new_invite_requested: false } }, response: exampleNotifications },
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
