import * as z from 'zod';
import { route } from '../api/route.ts';
import { id, instant, listOf, none, paging, version } from '../api/schemas.ts';
import { acceptedInvite, inviterOfInvite, organizationOfInvite, roleOfInvite } from '../invites/sender-view.ts';
import { nameLettersMax } from '../limits.ts';
import { changeKinds } from '../mail/notice.ts';
import type { OptionalKind } from '../mail/notification-settings.ts';
import { displayName } from '../names/display-name.ts';
import { openEnum } from '../open-enum.ts';

const person = z.object({ id, email: z.string(), emailVerified: z.boolean(), name: z.string() }).meta({ id: 'Person' });

const myInvite = z
  .object({
    id,
    organization: organizationOfInvite.extend({ id }),
    inviter: inviterOfInvite,
    namesake: z
      .boolean()
      .meta({ description: 'Whether the signed-in person belongs to another organization with this name.' }),
    roles: z.array(roleOfInvite),
    refusal: openEnum(['domain_not_allowed']).optional().meta({
      description:
        'Why the invite cannot be accepted at the moment: the organization does not allow email addresses of this domain.',
    }),
    message: z.string().optional(),
    expiresAt: instant,
  })
  .meta({ id: 'MyInvite' });

const whetherToNotify = (of: string) =>
  z
    .boolean()
    .optional()
    .meta({ description: `Whether to notify the person ${of}.` });

const switches: Record<OptionalKind, ReturnType<typeof whetherToNotify>> = {
  assets_taken_over: whetherToNotify('that they took over what another user owned'),
  assets_given_back: whetherToNotify('that a user is back who gets back what the person took over'),
  new_invite_requested: whetherToNotify('that somebody requested a new invite'),
  address_conflict: whetherToNotify('that the new email address of a user is already taken'),
  address_not_allowed: whetherToNotify('that the new email address of a user is not allowed'),
};

const notifications = z
  .object({
    kinds: z
      .array(
        z.object({
          kind: openEnum(changeKinds).meta({ description: 'What the emails report.' }),
          enabled: z.boolean().meta({ description: 'Whether emails of this kind are sent.' }),
          fixed: z.boolean().meta({
            description:
              'Whether emails of this kind are always sent, because they are about the access of the signed-in person.',
          }),
        }),
      )
      .meta({ description: 'Every kind of email that informs a person of a change.' }),
    version,
  })
  .meta({ id: 'Notifications' });

const anInviteToMe = z.strictObject({ organizationId: id, inviteId: id });

const noWayIn = [
  'forbidden',
  'email_unverified',
  'invite_not_found',
  'invite_accepted',
  'invite_declined',
  'invite_expired',
  'invite_revoked',
  'invite_void',
  'already_member',
  'invite_blocked',
] as const;

export const meRoutes = {
  getMe: route({
    method: 'GET',
    path: '/v1/me',
    access: 'person',
    params: none,
    query: none,
    body: undefined,
    status: 200,
    response: person,
    errors: ['forbidden'],
  }),
  updateMe: route({
    method: 'PATCH',
    path: '/v1/me',
    access: 'person',
    params: none,
    query: none,
    body: z.strictObject({ name: displayName(nameLettersMax) }),
    units: { call: 36 },
    status: 200,
    response: person,
    errors: ['forbidden'],
  }),
  getNotifications: route({
    method: 'GET',
    path: '/v1/me/notifications',
    access: 'person',
    params: none,
    query: none,
    body: undefined,
    status: 200,
    response: notifications,
    errors: ['forbidden'],
  }),
  updateNotifications: route({
    method: 'PATCH',
    path: '/v1/me/notifications',
    access: 'person',
    params: none,
    query: none,
    body: z.strictObject({
      kinds: z.strictObject(switches).meta({
        description:
          'Whether emails of each kind are sent. Kinds that are absent do not change. Kinds that are `fixed` cannot be given.',
      }),
    }),
    status: 200,
    response: notifications,
    errors: ['forbidden', 'stale_version'],
  }),
  listMyInvites: route({
    method: 'GET',
    path: '/v1/me/invites',
    access: 'person',
    params: none,
    query: z.strictObject(paging),
    body: undefined,
    status: 200,
    response: listOf(myInvite),
    errors: ['invalid_cursor', 'email_unverified', 'forbidden'],
  }),
  acceptMyInvite: route({
    method: 'POST',
    path: '/v1/me/invites/{organizationId}/{inviteId}/accept',
    access: 'person',
    params: anInviteToMe,
    query: none,
    body: undefined,
    units: { call: 33 },
    status: 200,
    response: acceptedInvite,
    errors: [...noWayIn, 'domain_not_allowed'],
  }),
  declineMyInvite: route({
    method: 'POST',
    path: '/v1/me/invites/{organizationId}/{inviteId}/decline',
    access: 'person',
    params: anInviteToMe,
    query: none,
    body: undefined,
    status: 204,
    response: z.undefined(),
    errors: noWayIn,
  }),
};
