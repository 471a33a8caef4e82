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

/** The name of the app client that the canary signs in with. */
export const canaryMachine = 'canary';

export const isCanary = (organizationId: string): boolean => organizationId === canaryOrganizationId;

/** The TTL of what is recorded at that instant, if it is of the canary. What other organizations do is recorded for good. */
export const canaryExpiry = (organizationId: string, at: string): { ttl?: number } =>
  isCanary(organizationId) ? { ttl: epochSeconds(after(at, canaryRetentionDays * day)) } : {};

/**
 * An address of SES's mailbox simulator, which accepts every mail and reports that it was delivered. Mails to it count neither
 * against the quota of the account nor for its reputation, and the sandbox allows them. Source:
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html, "Using the mailbox simulator manually".
 */
export const simulatedAddress = (label: string): string => `success+${label}@simulator.amazonses.com`;
