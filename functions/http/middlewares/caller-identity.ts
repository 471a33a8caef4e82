import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Refused, type Incoming, type Middleware } from '../incoming.ts';
import { logger } from '../log.ts';

/**
 * Identifies the caller of a route that is not public from the claims that API Gateway's authorizer has verified. Responds
 * 401 without them. `middy().use(callerIdentity())`.
 */
export const callerIdentity = (): Middleware => ({
  before: ({ event }) => {
    if (event.served?.row.access === 'public') return;
    const personId = subjectOf(event);
    if (personId === undefined) throw new Refused({ code: 'unauthorized' });
    logger.appendKeys({ personId, organizationId: event.pathParameters?.organizationId });
    event.personId = personId;
    event.idempotency = idempotencyOf(event, personId);
  },
});

/** The `sub` of an access token. ID tokens are refused, because they do not authorize API requests. */
const subjectOf = (event: APIGatewayProxyEventV2): string | undefined => {
  const { authorizer } = event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
  const claims = authorizer?.jwt?.claims ?? {};
  return claims.token_use === 'access' && typeof claims.sub === 'string' ? claims.sub : undefined;
};

/** The hash contains the person and the operation, so that equal keys of two people or operations never collide. */
const idempotencyOf = ({ served, idempotencyKey, input }: Incoming, personId: string) =>
  idempotencyKey === undefined || !served
    ? undefined
    : { request: sha256(personId, served.name, idempotencyKey), bodyHash: sha256(JSON.stringify(input?.body)) };

const sha256 = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
