import { GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';

/** Whether SES may send for the domain. `missing`: the stack Mail has not created the identity yet. */
export type IdentityState = 'missing' | 'unverified' | 'verified';

export const identityState = async (client: SESv2Client, domain: string): Promise<IdentityState> => {
  try {
    const { VerificationStatus } = await client.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
    return VerificationStatus === 'SUCCESS' ? 'verified' : 'unverified';
  } catch (error) {
    if (error instanceof NotFoundException) return 'missing';
    throw error;
  }
};

/** The number of checks, 15 seconds apart, before a deployment gives up: 10 minutes. DNS usually takes less than five. */
const checks = 40;
export const checkMilliseconds = 15_000;

/** Asks SES until it has found the DNS records of the domain. `pause` is called between two checks. Returns whether it has. */
export const untilVerified = async (
  client: SESv2Client,
  domain: string,
  pause: () => Promise<unknown>,
): Promise<boolean> => {
  for (let check = 1; check < checks; check += 1) {
    if ((await identityState(client, domain)) === 'verified') return true;
    await pause();
  }
  return (await identityState(client, domain)) === 'verified';
};
