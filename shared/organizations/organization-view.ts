import type { Output } from '../api/route.ts';
import { allowedDomainsOf } from './allowed-domains.ts';
import { currencyOf, isCurrencyFixed } from './currency.ts';
import type { Organization } from './organization.ts';
import type { organizationRoutes } from './organization-routes.ts';

export const organizationView = (organization: Organization): Output<typeof organizationRoutes.getOrganization> => {
  const { id, name, rootPoolId, inviteExpiryDays, createdAt, version } = organization;
  return {
    id,
    name,
    rootPoolId,
    inviteExpiryDays,
    currency: currencyOf(organization),
    currencyFixed: isCurrencyFixed(organization),
    allowedDomains: allowedDomainsOf(organization),
    hideAddresses: organization.hideAddresses ?? false,
    requireMfa: organization.requireMfa ?? false,
    ...(organization.signInHoursMax !== undefined && { signInHoursMax: organization.signInHoursMax }),
    createdAt,
    version,
  };
};
