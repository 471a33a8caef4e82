import { canaryRetentionDays } from './limits.ts';
import { after, day, epochSeconds } from './time.ts';

/**
 * The canary: a machine that uses the API of its own installation, in its own organization, so that operators learn of a fault
 * before their users do. Its organization is recognized by its id. It is excluded from metrics and quotas, and its audit events and
 * invites are deleted after `canaryRetentionDays`.
 */
export const canaryOrganizationId = 'org_00000000000000000000CANARY';

/** The only person of that organization: its organization manager, who owns its assets. Nobody signs in as them. */
export const canaryUserId = 'usr_00000000000000000000CANARY';

/**
 * An address of SES's mailbox simulator, which accepts every email and reports that it was delivered. In the sandbox, "You can only
 * send mail to verified email addresses and domains, or to the Amazon SES mailbox simulator." Source:
 * https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html
 */
export const simulatedAddress = (label: string): string => `success+${label}@simulator.amazonses.com`;

/**
 * The address of the only person who can sign in there, once `npm run smoke -- --deep` has let them join. Accounts of other people are
 * never touched.
 */
export const canaryGuest = simulatedAddress('guest');

/** The name of the app client that the canary signs in with. */
export const canaryMachine = 'canary';

export const isCanary = (organizationId: string): boolean => organizationId === canaryOrganizationId;

/**
 * The TTL of a record of the canary that is created at this instant. Undefined for other organizations, whose records have no TTL.
 */
export const canaryExpiry = (organizationId: string, at: string): { ttl?: number } =>
  isCanary(organizationId) ? { ttl: epochSeconds(after(at, canaryRetentionDays * day)) } : {};
