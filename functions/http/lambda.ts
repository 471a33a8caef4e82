import middy from '@middy/core';
import jsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Idempotency, Operation, Operations, Route } from '../../shared/api/route.ts';
import { parseAnswer } from '../../shared/api/idempotency.ts';
import { Unavailable, type Failure } from '../../shared/errors.ts';
import type { Services } from '../../shared/ports.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { readEnvironment, type Environment } from '../adapters/environment.ts';
import { count, publishMetrics } from '../adapters/metrics.ts';
import { requestServices, type ServicesFor } from '../adapters/services.ts';
import { findActor } from './actor.ts';
import { forbiddenKeys } from './forbidden-keys.ts';
import { logger } from './log.ts';
import { longestBody, parseRequest, sha256, type ParsedRequest } from './request.ts';
import { limitSource } from './source-limit.ts';
import { sourceOf } from './source-of.ts';
import { problem, success } from './response.ts';

export interface LambdaOptions {
  /** Headers of a route's answers, by the route's name. */
  headers?: Record<string, Record<string, string>>;
  /** What the stage tells the function. */
  environment?: Environment;
}

type Answer = APIGatewayProxyStructuredResultV2;

/** A request that a route takes. */
interface Matched {
  name: string;
  row: Route;
  operation: Operation<Route>;
}

/** The Lambda function of a group of routes: the one way from an API Gateway event to an operation and back. */
export const lambda = <const T extends Record<string, Route>>(
  rows: T,
  operations: Operations<T>,
  { headers = {}, environment = readEnvironment() }: LambdaOptions = {},
  servicesFor: ServicesFor = requestServices(environment),
) => {
  const byRouteKey = new Map(
    Object.entries<Route>(rows).map(([name, row]): [string, Matched] => [
      `${row.method} ${row.path}`,
      { name, row, operation: operations[name] as unknown as Operation<Route> },
    ]),
  );
  const handler = async (event: APIGatewayProxyEventV2): Promise<Answer> => {
    const { requestId } = event.requestContext;
    const matched = byRouteKey.get(event.routeKey);
    const source = sourceOf(event, environment.originSecrets);
    if (!matched || source === undefined) return problem({ code: 'not_found' }, requestId);
    const parsed = parseRequest(matched.row, event, event.body);
    const result = parsed.ok ? await run(matched, parsed.value, event, source, servicesFor) : parsed;
    return result.ok
      ? success(matched.row, result.value, event.rawPath, headers[matched.name])
      : problem(result.error, requestId);
  };
  return middy<APIGatewayProxyEventV2, Answer>({ timeoutEarlyResponse: outOfTime })
    .use(logRequests())
    .use(answerFaults())
    .use(readBody(byRouteKey))
    .handler(handler);
};

const run = async (
  { name, row, operation }: Matched,
  { idempotencyKey, ...input }: ParsedRequest,
  event: APIGatewayProxyEventV2,
  source: string,
  servicesFor: ServicesFor,
): Promise<Result<unknown>> => {
  const organizationId = event.pathParameters?.organizationId;
  const services = servicesFor(organizationId);
  if (row.perSource) {
    const passes = await limitSource(services, source);
    if (!passes.ok) return passes;
  }
  const actor = await findActor(row.access, event, event.requestContext.requestId, services, organizationId);
  if (!actor.ok) return actor;
  if ('personId' in actor.value) logger.appendKeys({ personId: actor.value.personId, organizationId });
  const attempt = async () => {
    const person = 'personId' in actor.value ? actor.value.personId : '';
    const idempotency = await findAnswer(services, organizationId, person, name, idempotencyKey, input.body);
    return idempotency.ok
      ? operation(services)(actor.value as never, { ...input, idempotency: idempotency.value })
      : idempotency;
  };
  const result = await attempt();
  // Another request with the same key was faster: its answer is the answer.
  return !result.ok && result.error.code === 'replayed' ? attempt() : result;
};

const findAnswer = async (
  services: Services,
  organizationId: string | undefined,
  personId: string,
  operation: string,
  key: string | undefined,
  body: unknown,
): Promise<Result<Idempotency | undefined>> => {
  if (key === undefined) return ok(undefined);
  const request = sha256(personId, operation, key);
  const bodyHash = sha256(JSON.stringify(body));
  const tenant = organizationId ?? partitions.person(personId);
  const table = organizationId === undefined ? services.personTable(personId) : services.table;
  const answered = parseAnswer(await table.get(keys.answer(tenant, request)), services.clock.now());
  if (!answered) return ok({ request, bodyHash });
  if (answered.bodyHash !== bodyHash)
    return fail('idempotency_key_reused', undefined, {
      errors: [
        { pointer: 'Idempotency-Key', code: 'idempotency_key_reused', detail: 'It was used with another body.' },
      ],
    });
  return ok({ request, bodyHash, remembered: answered.answer });
};

/** A moment before the function's time is over. What was written stays; the same request again goes on from there. */
const outOfTime = (): never => {
  throw new Unavailable('The service');
};

const logRequests = (): middy.MiddlewareObj<APIGatewayProxyEventV2, Answer> => {
  const write = ({ event, response }: middy.Request<APIGatewayProxyEventV2, Answer>) => {
    const status = response?.statusCode ?? 500;
    logger.info('request', { routeKey: event.routeKey, status: response?.statusCode });
    if (status === 403) count('RefusedCalls');
    if (status >= 500) count('Faults');
    publishMetrics();
  };
  return {
    before: ({ event }) => {
      logger.resetKeys();
      logger.appendKeys({ requestId: event.requestContext.requestId });
    },
    after: write,
    onError: write,
  };
};

/** What was thrown becomes a problem: a failure that it carries, or a fault of ours. */
const answerFaults = (): middy.MiddlewareObj<APIGatewayProxyEventV2, Answer> => ({
  onError: (request) => {
    const { error } = request;
    const { requestId } = request.event.requestContext;
    if (error instanceof BodyRefused) request.response = problem(error.failure, requestId);
    else if (error instanceof Unavailable) {
      logger.error(error.message, {
        cause: error.cause instanceof Error ? error.cause.name : undefined,
      });
      request.response = problem(error.failure, requestId);
    } else {
      logger.error('fault', error ?? new Error('unknown'));
      request.response = problem({ code: 'fault' }, requestId);
    }
  },
});

class BodyRefused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Size, media type and JSON, in that order, where the route takes a body. */
const readBody = (rows: Map<string, Matched>): middy.MiddlewareObj<APIGatewayProxyEventV2, Answer> => {
  const parser = jsonBodyParser();
  return {
    before: async (request) => {
      const { event } = request;
      if (!rows.get(event.routeKey)?.row.body) return;
      const { body = '', isBase64Encoded } = event;
      if (Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > longestBody)
        throw new BodyRefused({ code: 'body_too_large', detail: 'At most 1 MiB.' });
      try {
        await parser.before?.(request);
      } catch (error) {
        const unsupported = error instanceof Error && 'statusCode' in error && error.statusCode === 415;
        const errors = forbiddenKeys(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString());
        if (unsupported) throw new BodyRefused({ code: 'unsupported_media_type' });
        throw new BodyRefused(errors.length > 0 ? { code: 'invalid_request', errors } : { code: 'invalid_json' });
      }
    },
  };
};
