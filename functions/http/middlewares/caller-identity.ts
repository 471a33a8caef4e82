import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Token } from '../../../shared/actor.ts';
import { normalizeEmail } from '../../../shared/invites/email-address.ts';
import { second } from '../../../shared/time.ts';
import { Refused, type Incoming, type Middleware } from '../incoming.ts';
import { logger } from '../log.ts';

/**
 * Identifies the caller of a route that is not public from the claims that API Gateway's authorizer has verified. Responds
 * 401 without them. `middy().use(callerIdentity())`.
 */
export const callerIdentity = (): Middleware => ({
  before: ({ event }) => {
    if (event.served?.row.access === 'public') return;
    const claims = claimsOf(event);
    const { sub: personId } = claims;
    // ID tokens are refused, because they do not authorize API requests.
    if (claims.token_use !== 'access' || typeof personId !== 'string') throw new Refused({ code: 'unauthorized' });
    logger.appendKeys({ personId, organizationId: event.pathParameters?.organizationId });
    event.personId = personId;
    event.token = tokenOf(claims);
    event.idempotency = idempotencyOf(event, personId);
  },
});

const claimsOf = (event: APIGatewayProxyEventV2): Record<string, unknown> => {
  const { authorizer } = event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
  return authorizer?.jwt?.claims ?? {};
};

/** API Gateway passes every claim on as a text. */
const tokenOf = ({ jti, iat, auth_time: authTime, email, mfa }: Record<string, unknown>): Token | undefined => {
  const issuedAt = instantOf(iat);
  if (typeof jti !== 'string' || issuedAt === undefined) return undefined;
  const address = normalizeEmail(typeof email === 'string' ? email : '');
  return {
    id: jti,
    issuedAt,
    signedInAt: instantOf(authTime),
    secondFactor: mfa === 'true',
    ...(address.ok && { email: address.value }),
  };
};

/** The instant of a claim in seconds since 1970. */
const instantOf = (seconds: unknown): string | undefined =>
  /^\d{1,12}$/.test(String(seconds)) ? new Date(Number(seconds) * second).toISOString() : undefined;

/** The hash contains the person and the operation, so that equal keys of two people or operations never collide. */
const idempotencyOf = ({ served, idempotencyKey, input }: Incoming, personId: string) =>
  idempotencyKey === undefined || !served
    ? undefined
    : { request: sha256(personId, served.name, idempotencyKey), bodyHash: sha256(JSON.stringify(input?.body)) };

const sha256 = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
