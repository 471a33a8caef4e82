import middy from '@middy/core';
import type { Operations, Route } from '../../shared/api/route.ts';
import { Unavailable } from '../../shared/errors.ts';
import { readEnvironment, type Environment } from '../adapters/environment.ts';
import { requestServices, type ServicesFor } from '../adapters/services.ts';
import { withRefusedItems } from './item-errors.ts';
import type { Incoming, Response } from './incoming.ts';
import { admission } from './middlewares/admission.ts';
import { callerIdentity } from './middlewares/caller-identity.ts';
import { compressedResponse } from './middlewares/compressed-response.ts';
import { conditionalResponse } from './middlewares/conditional-response.ts';
import { deprecation } from './middlewares/deprecation.ts';
import { headResponse } from './middlewares/head-response.ts';
import { jsonBody } from './middlewares/json-body.ts';
import { logContext } from './middlewares/log-context.ts';
import { parsedRequest } from './middlewares/parsed-request.ts';
import { problemResponses } from './middlewares/problem-responses.ts';
import { requestLog } from './middlewares/request-log.ts';
import { requestSource } from './middlewares/request-source.ts';
import { servedRoute } from './middlewares/served-route.ts';
import { sourceLimit } from './middlewares/source-limit.ts';
import { problem, success } from './response.ts';

export interface LambdaOptions {
  /** Additional response headers, by the name of the route. */
  headers?: Record<string, Record<string, string>>;
  /** The parsed environment variables that the stage sets for the function. */
  environment?: Environment;
}

/** Creates the Lambda handler for a group of routes. Every event from API Gateway reaches its operation through this handler. */
export const lambda = <const T extends Record<string, Route>>(
  rows: T,
  operations: Operations<T>,
  { headers = {}, environment = readEnvironment() }: LambdaOptions = {},
  servicesFor: ServicesFor = requestServices(environment),
) => {
  const handler = async (event: Incoming): Promise<Response> => {
    const { served, input, idempotency, personId, token, requestContext } = event;
    if (!served || !input) throw new Error('The middlewares find the route and parse the request');
    const { requestId } = requestContext;
    const services = servicesFor(event.pathParameters?.organizationId);
    const result = await served.operation(services)({ personId, requestId, token }, { ...input, idempotency });
    return result.ok
      ? success(
          served.row,
          withRefusedItems(served.row, result.value, event.refusedItems),
          event.rawPath,
          headers[served.name],
        )
      : problem(result.error, requestId);
  };
  return middy<Incoming, Response>({ timeoutEarlyResponse: outOfTime })
    .use(logContext())
    .use(requestLog())
    .use(headResponse())
    .use(deprecation())
    .use(compressedResponse())
    .use(conditionalResponse())
    .use(problemResponses())
    .use(servedRoute(rows, operations))
    .use(requestSource(environment.originSecrets))
    .use(jsonBody())
    .use(parsedRequest())
    .use(sourceLimit(servicesFor))
    .use(callerIdentity())
    .use(admission(servicesFor, environment.fairUse))
    .handler(handler);
};

/** Called shortly before the Lambda timeout. Completed writes remain, and a repeated request continues from there. */
const outOfTime = (): never => {
  throw new Unavailable('The service');
};
