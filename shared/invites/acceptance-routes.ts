import * as z from 'zod';
import { route } from '../api/route.ts';
import { id, instant, none } from '../api/schemas.ts';
import { cognitoPasswordLettersMax, nameLettersMax, tokenLettersMax } from '../limits.ts';
import { roleView } from '../roles/role-schemas.ts';
import { displayName } from '../text.ts';
import { inviterOfInvite, organizationOfInvite } from './sender-view.ts';

const token = z.string().min(1).max(tokenLettersMax).meta({ description: 'What follows the # of the link.' });

const deadInvite = [
  'invite_accepted',
  'invite_declined',
  'invite_expired',
  'invite_revoked',
  'invite_superseded',
  'invite_void',
  'already_member',
] as const;

const acceptPage = {
  path: '/invites/accept',
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
    summary: 'The page that a link of a mail opens. Changes nothing, however often it is asked for.',
  }),
  headAcceptPage: route({
    ...acceptPage,
    method: 'HEAD',
    summary: 'The headers of that page, as mail scanners ask for.',
  }),
  lookUpInvite: route({
    method: 'POST',
    path: '/v1/invites/lookup',
    summary: 'What a link invites to. Changes nothing.',
    access: 'public',
    perSource: true,
    params: none,
    query: none,
    body: z.strictObject({ token }),
    status: 200,
    response: z.object({
      organization: organizationOfInvite,
      inviter: inviterOfInvite,
      email: z.string(),
      roles: z.array(roleView.omit({ poolId: true })),
      message: z.string().optional(),
      expiresAt: instant,
      needsAccount: z.boolean().meta({ description: 'Accepting makes an account: it takes a name and a password.' }),
      passwordRules: z.array(z.string()),
    }),
    errors: ['invite_not_found', ...deadInvite, 'too_many_requests'],
  }),
  acceptInvite: route({
    method: 'POST',
    path: '/v1/invites/accept',
    summary: 'Accept an invite. Once accepted, the same link answers the same.',
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
    response: z.object({ organizationId: id, userId: id, email: z.string() }),
    errors: [
      'invite_not_found',
      ...deadInvite,
      'password_required',
      'password_refused',
      'account_disabled',
      'account_unverified',
      'account_in_progress',
      'too_many_requests',
    ],
  }),
  requestNewInvite: route({
    method: 'POST',
    path: '/v1/invites/request-new',
    summary: 'Ask for a new invite in place of an expired one: who may send it is told by mail, once.',
    access: 'public',
    perSource: true,
    params: none,
    query: none,
    body: z.strictObject({ token }),
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
      'too_many_requests',
    ],
  }),
  declineInvite: route({
    method: 'POST',
    path: '/v1/invites/decline',
    summary: 'Decline an invite.',
    access: 'public',
    perSource: true,
    params: none,
    query: none,
    body: z.strictObject({ token }),
    status: 204,
    response: z.undefined(),
    errors: ['invite_not_found', ...deadInvite, 'too_many_requests'],
  }),
};
