import * as z from 'zod';
import { onOrganization, reading } from '../api/access.ts';
import { route } from '../api/route.ts';
import { id, inOrganization, instant, listOf, none, paging, version } from '../api/schemas.ts';
import {
  allowedDomainsMax,
  inviteExpiryDaysMax,
  inviteExpiryDaysMin,
  signInHoursMax,
  signInHoursMin,
} from '../limits.ts';
import { roleView } from '../roles/role-schemas.ts';
import { givenDomains } from './allowed-domains.ts';
import { givenCurrency, shownCurrency } from './currency.ts';
import { organizationName } from './organization.ts';

const organizationView = z
  .object({
    id,
    name: z.string(),
    rootPoolId: id,
    inviteExpiryDays: z.int(),
    currency: shownCurrency,
    currencyFixed: z.boolean(),
    allowedDomains: z.array(z.string()).meta({
      description:
        'The only domains that the email addresses of invites and users may have, in punycode. A sub-domain is another domain. Empty: all domains. Users who joined before keep their addresses.',
    }),
    hideAddresses: z.boolean().meta({
      description:
        'Whether email addresses, and the days on which people were last seen, are hidden from those who may not invite users. To them, `email` is empty unless it is their own, the other fields are absent, and searches find names only.',
    }),
    requireMfa: z.boolean().meta({
      description:
        'Whether every user needs a second factor. Calls by others are refused with `mfa_required`. Service accounts are exempt.',
    }),
    signInHoursMax: z.int().optional().meta({
      description:
        'How many hours after signing in a person may use the organization. Later calls are refused with `sign_in_too_old`. Service accounts are exempt. Absent: as long as the user directory accepts the sign-in.',
    }),
    createdAt: instant,
    version,
  })
  .meta({ id: 'Organization' });

export const organizationRoutes = {
  createOrganization: route({
    method: 'POST',
    path: '/v1/organizations',
    access: 'person',
    params: none,
    query: none,
    body: z.strictObject({ name: organizationName, currency: givenCurrency.optional() }),
    units: { call: 32 },
    status: 201,
    response: organizationView,
    errors: ['organization_limit_reached', 'email_unverified', 'forbidden', 'idempotency_key_reused'],
  }),
  listOrganizations: route({
    method: 'GET',
    path: '/v1/organizations',
    access: 'person',
    params: none,
    query: z.strictObject(paging),
    body: undefined,
    status: 200,
    response: listOf(
      z.object({ id, name: z.string(), userId: id, roles: z.array(roleView) }).meta({ id: 'OwnOrganization' }),
    ),
    errors: ['invalid_cursor'],
  }),
  getOrganization: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}',
    access: reading,
    params: inOrganization,
    query: none,
    body: undefined,
    status: 200,
    response: organizationView,
    errors: [],
  }),
  updateOrganization: route({
    method: 'PATCH',
    path: '/v1/organizations/{organizationId}',
    access: onOrganization('change_settings'),
    params: inOrganization,
    query: none,
    body: z.strictObject({
      name: organizationName.optional(),
      inviteExpiryDays: z.int().min(inviteExpiryDaysMin).max(inviteExpiryDaysMax).optional(),
      currency: givenCurrency.optional(),
      hideAddresses: z.boolean().optional(),
      requireMfa: z.boolean().optional().meta({
        description: 'Whether every user needs a second factor. Only a caller who has one can require it.',
      }),
      signInHoursMax: z.int().min(signInHoursMin).max(signInHoursMax).nullable().optional().meta({
        description: 'How many hours after signing in a person may use the organization. `null`: no limit of its own.',
      }),
      allowedDomains: givenDomains.optional().meta({
        description: `The only domains that email addresses may have, in Unicode or in punycode, at most ${allowedDomainsMax}. They must include the domain of the caller’s own address. An empty list allows all domains.`,
      }),
    }),
    status: 200,
    response: organizationView,
    errors: ['mfa_required', 'pool_path_too_long', 'currency_in_use', 'domain_not_allowed', 'stale_version'],
  }),
};
