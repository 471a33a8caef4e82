import { allowsAddress } from '../organizations/allowed-domains.ts';
import type { Organization } from '../organizations/organization.ts';
import { fail, ok, type Result } from '../result.ts';
import { operators } from '../users/operators.ts';
import type { Invite } from './invite.ts';

/**
 * Requires that the address of an invite is allowed. Invites by the operators are exempt: with them they hand an organization
 * whose managers have all lost their domain to somebody else.
 */
export const requireAllowedInvite = (
  organization: Pick<Organization, 'allowedDomains'>,
  { email, invitedBy }: Pick<Invite, 'email' | 'invitedBy'>,
): Result<void> =>
  invitedBy === operators.id || allowsAddress(organization, email) ? ok(undefined) : fail('domain_not_allowed');
