import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { createClient } from '../../shared/api/client.ts';
import { canaryChecks, type CanaryResult, type CanaryRun } from '../../shared/canary/canary-checks.ts';
import { inviteByCanary, prepareCanary } from '../../shared/canary/prepare-canary.ts';
import { cognitoPasswordLettersMax } from '../../shared/limits.ts';
import { readEnvironment } from '../adapters/environment.ts';
import { machineToken } from '../adapters/machine-token.ts';
import { count, publishMetrics } from '../adapters/metrics.ts';
import { requestServices } from '../adapters/services.ts';
import { logger } from '../http/log.ts';

const environment = readEnvironment();
const { CANARY_CLIENT_ID: clientId, SIGN_IN_URL: signInUrl } = z
  .object({ CANARY_CLIENT_ID: z.string().min(1), SIGN_IN_URL: z.url() })
  .parse(process.env);
const services = requestServices(environment)(undefined);
const tokens = machineToken({
  userPoolId: environment.userPoolId,
  clientId,
  signInUrl,
  clock: services.clock,
});

/** The options of a run, set by the schedule or an operator. Other fields, such as those of EventBridge, are ignored. */
const asked = z.object({
  /** Also runs the checks that send emails, and requests a new token. */
  mails: z.boolean().default(false),
  /** Lets the guest join with this password, which creates their account, unless they have joined before. */
  password: z.string().min(1).max(cognitoPasswordLettersMax).optional(),
});

/**
 * Uses the product as its users do, in an organization of its own. Returns every check with its failure, if it failed. The schedule
 * and `npm run smoke -- --deep` invoke it.
 */
export const handler = async (event: unknown): Promise<CanaryResult> => {
  const requestId = randomUUID();
  try {
    const { mails, password } = asked.parse(event);
    const token = await tokens.get({ renew: mails });
    const { organization, serviceAccountId, guestJoined } = await prepareCanary(services, clientId, requestId);
    const guest = password !== undefined && !guestJoined;
    const invite = await inviteByCanary(services, requestId, { guest });
    const { baseUrl } = environment;
    const run: CanaryRun = {
      machine: createClient({ baseUrl, token: () => token }),
      anybody: createClient({ baseUrl }),
      open: (path) => fetch(`${baseUrl}${path}`),
      clock: services.clock,
      label: requestId,
      rootPoolId: organization.rootPoolId,
      serviceAccountId,
      invite,
      ...(guest && { password }),
    };
    const checks: CanaryResult['checks'] = [];
    for (const { functions, means, run: check } of canaryChecks.filter((each) => mails || !each.mails)) {
      const failure = await check(run).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      checks.push({ means, functions, ...(failure !== undefined && { failure }) });
    }
    const failures = checks.filter(({ failure }) => failure !== undefined);
    if (failures.length === 0) count('CanaryPasses');
    logger[failures.length === 0 ? 'info' : 'error']('canary', { requestId, checks: checks.length, failures });
    return { checks };
  } finally {
    publishMetrics();
  }
};
