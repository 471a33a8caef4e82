import { canaryRetentionDays } from './limits.ts';
import { after, day, epochSeconds } from './time.ts';

/**
 * The canary: a machine that uses the API of its own installation, in an organization of its own, so that operators learn of a
 * fault before their users do. Its organization is known by its id alone. It counts in no metric and against no quota, and what
 * the audit log and the invites record of it is deleted after `canaryRetentionDays`.
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

/** The TTL of a record of the canary that is made at that instant. Records of other organizations have no TTL. */
export const canaryExpiry = (organizationId: string, at: string): { ttl?: number } =>
  isCanary(organizationId) ? { ttl: epochSeconds(after(at, canaryRetentionDays * day)) } : {};
