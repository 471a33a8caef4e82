import * as z from 'zod';
import { route } from '../api/route.ts';
import { instant, none } from '../api/schemas.ts';
import { cognitoPasswordLettersMax, nameLettersMax, tokenLettersMax } from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { acceptedInvite, inviterOfInvite, organizationOfInvite, roleOfInvite } from './sender-view.ts';
import { acceptPath } from './token.ts';

const token = z
  .string()
  .min(1)
  .max(tokenLettersMax)
  .meta({ description: 'The part of the link that follows the `#`.' });

const deadInvite = [
  'invite_accepted',
  'invite_declined',
  'invite_expired',
  'invite_revoked',
  'invite_superseded',
  'invite_void',
  'already_member',
  'invite_blocked',
] as const;

/** A request by the recipient of an email, who is identified by the token of a link. */
const byLink = {
  method: 'POST',
  access: 'public',
  perSource: true,
  params: none,
  query: none,
  body: z.strictObject({ token }).meta({ id: 'InviteToken' }),
} as const;

const acceptPage = {
  path: acceptPath,
  access: 'public',
  params: none,
  query: z.looseObject({}),
  body: undefined,
  status: 200,
  response: z.string(),
  media: 'text/html',
  errors: [],
} as const;

export const acceptanceRoutes = {
  showAcceptPage: route({
    ...acceptPage,
    method: 'GET',
  }),
  lookUpInvite: route({
    ...byLink,
    path: '/v1/invites/lookup',
    status: 200,
    response: z.object({
      organization: organizationOfInvite,
      inviter: inviterOfInvite,
      email: z.string(),
      roles: z.array(roleOfInvite),
      message: z.string().optional(),
      expiresAt: instant,
      needsAccount: z
        .boolean()
        .meta({ description: 'Whether accepting creates an account, which requires a name and a password.' }),
      passwordRules: z.array(z.string()),
    }),
    errors: [
      'invite_not_found',
      ...deadInvite,
      'domain_not_allowed',
      'block_link',
      'organization_blocked',
      'too_many_requests',
    ],
  }),
  acceptInvite: route({
    method: 'POST',
    path: '/v1/invites/accept',
    access: 'public',
    perSource: true,
    params: none,
    query: none,
    body: z.strictObject({
      token,
      name: displayName(nameLettersMax).optional(),
      password: z.string().min(1).max(cognitoPasswordLettersMax).optional(),
    }),
    status: 200,
    response: acceptedInvite,
    errors: [
      'invite_not_found',
      ...deadInvite,
      'domain_not_allowed',
      'password_required',
      'password_refused',
      'account_disabled',
      'account_unverified',
      'account_in_progress',
      'too_many_requests',
    ],
  }),
  requestNewInvite: route({
    ...byLink,
    path: '/v1/invites/request-new',
    status: 204,
    response: z.undefined(),
    errors: [
      'invite_not_found',
      'invite_pending',
      'invite_accepted',
      'invite_declined',
      'invite_revoked',
      'invite_superseded',
      'invite_void',
      'already_member',
      'invite_blocked',
      'domain_not_allowed',
      'too_many_requests',
    ],
  }),
  declineInvite: route({
    ...byLink,
    path: '/v1/invites/decline',
    status: 204,
    response: z.undefined(),
    errors: ['invite_not_found', ...deadInvite, 'too_many_requests'],
  }),
  blockOrganization: route({
    ...byLink,
    path: '/v1/invites/block',
    status: 204,
    response: z.undefined(),
    errors: ['invite_not_found', 'already_member', 'too_many_requests'],
  }),
  unblockOrganization: route({
    ...byLink,
    path: '/v1/invites/unblock',
    status: 204,
    response: z.undefined(),
    errors: ['invite_not_found', 'too_many_requests'],
  }),
};

/** The path may contain the token, so it is never logged: `/invites/accept%23<token>`, `/invites/accept/`, `/invites/accept).` */
const anyPath = { ...acceptPage, path: '/invites/{proxy+}', params: z.strictObject({ proxy: z.string() }) } as const;

/**
 * The accept page at all other paths to which mail gateways and mail programs change a link. These routes are only for API Gateway,
 * and not part of the API in the OpenAPI document and the client.
 */
export const rewrittenLinkRoutes = {
  showAcceptPageAnywhere: route({ ...anyPath, method: 'GET' }),
};
