import { GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Stage } from '../stages.ts';

/** The number of checks after the deployment, and the seconds between them: together 10 minutes. DNS usually takes less than five. */
const checksMax = 41;
const secondsBetweenChecks = 15;

interface Steps {
  ses: SESv2Client;
  /** Deploys the stack Mail alone. Returns its exit code. */
  deploy(): number;
  wait(seconds: number): Promise<unknown>;
}

/**
 * Deploys the stack Mail before all others until SES has verified the domain, because Cognito accepts only a verified one. Waits
 * for the DNS records that the stack creates. Without a hosted zone a person has to create them, so it does not wait. Returns the
 * exit code of the deployment. Throws an `Error` that says how to continue if the domain is not verified.
 */
export const deployMail = async (
  { name, hostedZone }: NonNullable<Stage['mailDomain']>,
  { ses, deploy, wait }: Steps,
): Promise<number> => {
  if (await isVerified(ses, name)) return 0;
  const exitCode = deploy();
  if (exitCode !== 0) return exitCode;
  for (let checks = 1; !(await isVerified(ses, name)); checks += 1) {
    if (checks === (hostedZone ? checksMax : 1)) {
      const toDo = hostedZone
        ? 'Check that the domain uses the hosted zone'
        : 'Create the DNS records that the stack Mail printed';
      throw new Error(`SES has not verified ${name} yet. ${toDo}, and repeat this command: it continues from here.`);
    }
    await wait(secondsBetweenChecks);
  }
  return 0;
};

const isVerified = async (ses: SESv2Client, domain: string): Promise<boolean> => {
  try {
    const { VerificationStatus } = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
    return VerificationStatus === 'SUCCESS';
  } catch (error) {
    // The first deployment has not created the identity yet.
    if (error instanceof NotFoundException) return false;
    throw error;
  }
};
