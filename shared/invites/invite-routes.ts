import * as z from 'zod';
import { onOrganization, reading } from '../api/access.ts';
import { addressField, quotingField } from '../api/hidden-fields.ts';
import { outcomeOf } from '../api/outcome.ts';
import { route } from '../api/route.ts';
import { hasNo, hasOneOf, id, inOrganization, instant, listOf, named, none, paging, version } from '../api/schemas.ts';
import type { FieldErrorCode } from '../errors.ts';
import {
  givenAddressLettersMax,
  inviteAddressesMax,
  inviteChangesMax,
  inviteExpiryDaysMax,
  inviteExpiryDaysMin,
  inviteMessageLettersMax,
  searchLettersMax,
} from '../limits.ts';
import { deliveryCodes } from '../mail/delivery-codes.ts';
import { openEnum } from '../open-enum.ts';
import { roleAssignments, roleView } from '../roles/role-schemas.ts';
import { deliveries } from './invite.ts';
import { inviteStatuses } from './invite-status.ts';

const removedUser =
  'The id of a removed user who had this address. Restoring that user would return their assets to them; a new user starts without assets.';

export const inviteView = z
  .object({
    id,
    email: addressField(),
    roles: z.array(roleView),
    message: z.string().optional(),
    status: openEnum(inviteStatuses).meta({
      description: [
        'The status of the invite. Later versions may add other values:',
        '- `needs_roles`: the pools of all its roles were deleted. Its link is dead until a change of its roles revives it.',
        '- `already_member`: it ended because its recipient is a user already.',
        '- `blocked`: it ended because its recipient blocked the organization. Only they can lift the block.',
      ].join('\n'),
    }),
    delivery: openEnum(deliveries),
    deliveryCode: z
      .string()
      .optional()
      .meta({
        description: [
          'Why the email waits, was not sent or did not arrive. Later versions may add other codes:',
          ...Object.entries(deliveryCodes).map(([code, sentence]) => `- \`${code}\`: ${sentence}`),
        ].join('\n'),
      }),
    deliveryDetail: quotingField()
      .optional()
      .meta({ description: 'The reason in a sentence. An older invite may have only the sentence and no code.' }),
    addressSuppressed: z.boolean().optional().meta({
      description:
        'Whether the address is on the suppression list of the organization. If so, the invite cannot be resent.',
    }),
    removedUserId: id.optional().meta({ description: removedUser }),
    invitedBy: named.meta({ description: 'Who sent the invite.' }),
    responsible: named.meta({
      description:
        'Who is responsible for the invite now. It is somebody else than the inviter once the inviter may no longer invite.',
    }),
    createdAt: instant,
    expiresAt: instant,
    sentAt: instant.optional(),
    sends: z.int().meta({ description: 'How many emails the email service accepted.' }),
    acceptedAt: instant.optional(),
    userId: id
      .optional()
      .meta({ description: 'The id of the user who joined with the invite. Present once it is accepted.' }),
    version,
  })
  .meta({ id: 'Invite' });

export const outcomes = [
  'created',
  'already_member',
  'domain_not_allowed',
  'already_invited',
  'blocked',
  'duplicate',
  'invalid_email',
  'suppressed',
  'over_quota',
] as const;

const anInvite = z.strictObject({ organizationId: id, inviteId: id });

/** Unlike a name, a personal message may have several lines. */
const message = z
  .string()
  .trim()
  .max(inviteMessageLettersMax)
  .regex(
    /^(?:[^\p{Cs}\p{Cc}\u202a-\u202e\u2066-\u2069]|[\t\r\n])*$/u,
    'Control characters, and those that change the direction of text, are not allowed.',
  );

const givenAddress = z.string().max(givenAddressLettersMax);

const newInvites = z
  .strictObject({
    emails: z
      .array(givenAddress)
      .min(1)
      .max(inviteAddressesMax)
      .optional()
      .meta({ description: 'Addresses that all get `roles`. Name either `emails` or `invitees`.' }),
    invitees: z
      .array(z.strictObject({ email: givenAddress, roles: roleAssignments.optional() }))
      .min(1)
      .max(inviteAddressesMax)
      .optional()
      .meta({
        description:
          'Addresses with a role set each. An invitee without `roles` gets the common `roles` of the request. Of several with the same address the first counts.',
      }),
    roles: roleAssignments.optional().meta({
      description: 'The roles of everybody who has none of their own. Required unless every invitee has.',
    }),
    message: message.optional(),
    expiresInDays: z.int().min(inviteExpiryDaysMin).max(inviteExpiryDaysMax).optional(),
    dryRun: z
      .boolean()
      .default(false)
      .meta({ description: 'If true, nothing is changed or sent, and the results say what would happen.' }),
  })
  .check(({ value, issues }) => {
    const refuse = (path: PropertyKey[], code: FieldErrorCode, text: string) =>
      issues.push({ code: 'custom', input: value, path, params: { code }, message: text });
    const { emails, invitees, roles } = value;
    if (emails && invitees) refuse(['invitees'], 'emails_or_invitees', 'Name emails or invitees, not both.');
    if (!emails && !invitees) refuse(['emails'], 'missing', 'Name whom to invite, as emails or as invitees.');
    if (roles) return;
    if (emails) refuse(['roles'], 'missing', 'Name the roles that these addresses get.');
    invitees?.forEach((invitee, index) => {
      if (!invitee.roles)
        refuse(['invitees', index, 'roles'], 'missing', 'Name the roles of this invitee, or common roles.');
    });
  })
  .meta({
    ...hasOneOf('emails', 'invitees'),
    dependentSchemas: { emails: hasNo('invitees') },
    dependentRequired: { emails: ['roles'] },
  });

export const inviteRoutes = {
  inviteUsers: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/invites',
    access: onOrganization('invite_users'),
    params: inOrganization,
    query: none,
    body: newInvites,
    units: { call: 20, item: 7.5 },
    status: 200,
    response: z.object({
      summary: z
        .partialRecord(openEnum(outcomes), z.int())
        .meta({ description: 'How many addresses had each outcome.' }),
      results: z.array(
        z.object({
          email: addressField(),
          outcome: openEnum(outcomes),
          removedUserId: id.optional().meta({ description: removedUser }),
          invite: inviteView.optional(),
        }),
      ),
    }),
    errors: ['unknown_pool', 'idempotency_key_reused'],
  }),
  listInvites: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/invites',
    access: reading,
    params: inOrganization,
    query: z.strictObject({
      status: z.enum(inviteStatuses).optional().meta({
        description: 'Invites with this status. An index serves it, unless `search` is given.',
      }),
      delivery: z.enum(deliveries).optional().meta({
        description: 'Invites whose latest email is in this state. It filters pages, so that a page may be short.',
      }),
      inviterId: id.optional().meta({
        description:
          'Invites that this user or service account sent (`invitedBy`). It filters pages, so that a page may be short.',
      }),
      expiresBefore: z.iso.datetime().optional().meta({
        description: 'Invites that expire before this time, in UTC. It filters pages, so that a page may be short.',
      }),
      search: z.string().max(searchLettersMax).optional().meta({
        description: 'The beginning of the email address, in any case, with its domain in Unicode or in punycode.',
      }),
      ...paging,
    }),
    body: undefined,
    status: 200,
    response: listOf(inviteView),
    errors: ['invalid_cursor', 'addresses_hidden'],
  }),
  getInvite: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/invites/{inviteId}',
    access: reading,
    params: anInvite,
    query: none,
    body: undefined,
    status: 200,
    response: inviteView,
    errors: ['invite_not_found'],
  }),
  updateInvite: route({
    method: 'PATCH',
    path: '/v1/organizations/{organizationId}/invites/{inviteId}',
    access: onOrganization('invite_users'),
    params: anInvite,
    query: none,
    body: z.strictObject({
      roles: roleAssignments.optional(),
      email: givenAddress.optional(),
    }),
    units: { call: 32 },
    status: 200,
    response: inviteView,
    errors: [
      'invite_not_found',
      'invite_settled',
      'invite_needs_roles',
      'invalid_email',
      'already_member',
      'already_invited',
      'domain_not_allowed',
      'address_blocked',
      'address_suppressed',
      'unknown_pool',
      'quota_exceeded',
      'too_soon',
      'stale_version',
    ],
  }),
  changeInvites: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/invites/batch',
    access: onOrganization('invite_users'),
    params: inOrganization,
    query: none,
    body: z.strictObject({ action: z.enum(['resend', 'revoke']), ids: z.array(id).min(1).max(inviteChangesMax) }),
    units: { call: 2, item: 28 },
    status: 200,
    response: z.object({
      results: z.array(outcomeOf({ invite: inviteView.optional() })),
    }),
    errors: [],
  }),
  resendInvite: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/invites/{inviteId}/resend',
    access: onOrganization('invite_users'),
    params: anInvite,
    query: none,
    body: undefined,
    units: { call: 28 },
    status: 200,
    response: inviteView,
    errors: [
      'invite_not_found',
      'invite_settled',
      'invite_needs_roles',
      'address_taken',
      'domain_not_allowed',
      'address_suppressed',
      'quota_exceeded',
      'too_soon',
      'stale_version',
    ],
  }),
  revokeInvite: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/invites/{inviteId}/revoke',
    access: onOrganization('invite_users'),
    params: anInvite,
    query: none,
    body: undefined,
    status: 200,
    response: inviteView,
    errors: ['invite_not_found', 'invite_settled', 'stale_version'],
  }),
};
