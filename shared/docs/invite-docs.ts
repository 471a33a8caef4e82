import { exampleIds, exampleInvite, exampleNewInvite, exampleRole } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import { inviteAddressesMax, inviteChangesMax, inviteResendPauseSeconds } from '../limits.ts';
import type { inviteRoutes } from '../invites/invite-routes.ts';

export const inviteDocs: DocsOf<typeof inviteRoutes> = {
  inviteUsers: {
    tag: 'Invites',
    summary: 'Invite users',
    description: `Invites up to ${inviteAddressesMax.toLocaleString('en')} people by email and returns one result for each given address. An address that cannot be invited does not affect the others. Name the people in \`emails\`, so that all get the same \`roles\`, or in \`invitees\`, where each can have roles of their own. With \`dryRun\`, nothing is stored or sent, and the results say what would happen.`,
    example: {
      body: { emails: [exampleInvite.email, 'not an address'], roles: [exampleRole], message: exampleInvite.message },
      response: {
        summary: { created: 1, invalid_email: 1 },
        results: [
          {
            email: exampleInvite.email,
            outcome: 'created',
            invite: exampleNewInvite,
          },
          { email: 'not an address', outcome: 'invalid_email' },
        ],
      },
    },
    links: {
      getInvite: {
        organizationId: '$request.path.organizationId',
        inviteId: '$response.body#/results/0/invite/id',
      },
    },
  },
  listInvites: {
    tag: 'Invites',
    summary: 'List invites',
    description:
      'Lists the invites of the organization, newest first. A search lists them by email address. `status` and `search` select an index, and the other filters filter its pages.',
    example: { response: { items: [exampleInvite] } },
  },
  getInvite: {
    tag: 'Invites',
    summary: 'Get an invite',
    description:
      'Returns an invite with its status and the state of its email. Once it is accepted, `userId` is the user that it created.',
    example: { response: exampleInvite },
  },
  updateInvite: {
    tag: 'Invites',
    summary: 'Change an invite',
    description:
      'Changes the roles of an invite that is pending or needs roles, or corrects its email address. A correction sends the email again, and the links in earlier emails stop working.',
    example: {
      body: { email: 'alan.turing@example.com' },
      response: { ...exampleInvite, email: 'alan.turing@example.com', delivery: 'queued', version: 4 },
    },
  },
  changeInvites: {
    tag: 'Invites',
    summary: 'Resend or revoke several invites',
    description: `Resends or revokes up to ${inviteChangesMax} invites and returns one result for each. An invite that cannot be changed does not affect the others.`,
    example: {
      body: { action: 'revoke', ids: [exampleIds.inviteId] },
      response: {
        results: [{ id: exampleIds.inviteId, ok: true, invite: { ...exampleInvite, status: 'revoked', version: 4 } }],
      },
    },
  },
  resendInvite: {
    tag: 'Invites',
    summary: 'Resend an invite',
    description: `Sends the email of a pending or expired invite again. The links in earlier emails stop working, and the lifetime of the invite starts again. The same invite can be sent again after ${inviteResendPauseSeconds} seconds.`,
    example: { response: { ...exampleInvite, delivery: 'queued', version: 4 } },
  },
  revokeInvite: {
    tag: 'Invites',
    summary: 'Revoke an invite',
    description: 'Ends an invite that is pending or needs roles. Its link stops working immediately.',
    example: { response: { ...exampleInvite, status: 'revoked', version: 4 } },
  },
};
