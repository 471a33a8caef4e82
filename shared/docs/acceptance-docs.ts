import { exampleInvite, exampleIds, exampleManager, exampleOrganization, exampleToken } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import type { acceptanceRoutes } from '../invites/acceptance-routes.ts';
import { passwordRules } from '../users/password-policy.ts';

export const acceptanceDocs: DocsOf<typeof acceptanceRoutes> = {
  showAcceptPage: {
    tag: 'Invite links',
    summary: 'Show the accept page',
    description:
      'Returns the page that the link in an invitation email opens. Requesting it changes nothing, however often a mail scanner does so.',
    example: {},
  },
  lookUpInvite: {
    tag: 'Invite links',
    summary: 'Look up an invite by its link',
    description:
      'Returns what the link of an invitation email invites to: the organization, who sent it, the roles, and whether accepting creates an account. It changes nothing.',
    example: {
      body: { token: exampleToken },
      response: {
        organization: { name: exampleOrganization.name, createdAt: exampleOrganization.createdAt },
        inviter: { name: exampleManager.name, email: exampleManager.email },
        email: exampleInvite.email,
        roles: [{ role: 'engineer', poolName: 'Web' }],
        message: exampleInvite.message,
        expiresAt: exampleInvite.expiresAt,
        needsAccount: true,
        passwordRules: [...passwordRules],
      },
    },
  },
  acceptInvite: {
    tag: 'Invite links',
    summary: 'Accept an invite by its link',
    description:
      'Accepts an invite and makes its recipient a user of the organization. If `lookUpInvite` returned `needsAccount`, a name and a password are required, and an account is created. Accepting again with the same link returns the same response.',
    example: {
      body: { token: exampleToken, name: 'Alan Turing', password: 'Correct-Horse-7-Battery' },
      response: { organizationId: exampleIds.organizationId, userId: exampleIds.userId, email: exampleInvite.email },
    },
    links: { getUser: { organizationId: '$response.body#/organizationId', userId: '$response.body#/userId' } },
  },
  requestNewInvite: {
    tag: 'Invite links',
    summary: 'Request a new invite',
    description:
      'Asks for a new invite in place of an expired one. Whoever may send it is notified by email, once for each invite.',
    example: { body: { token: exampleToken } },
  },
  declineInvite: {
    tag: 'Invite links',
    summary: 'Decline an invite by its link',
    description: 'Ends a pending invite at the wish of its recipient.',
    example: { body: { token: exampleToken } },
  },
  blockOrganization: {
    tag: 'Invite links',
    summary: 'Block an organization',
    description:
      'Prevents the organization from inviting the address again, and ends the current invite. It requires the token of the block link in the email.',
    example: { body: { token: exampleToken } },
  },
  unblockOrganization: {
    tag: 'Invite links',
    summary: 'Unblock an organization',
    description:
      'Allows the organization to invite the address again. It requires the token of the block link in the email.',
    example: { body: { token: exampleToken } },
  },
};
