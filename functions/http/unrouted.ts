import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import type { Response } from './incoming.ts';
import { notAllowed } from './not-allowed.ts';
import { problem } from './response.ts';
import { withoutBody } from './without-body.ts';

/** The route for requests that match no other route. */
export const unroutedKey = 'ANY /v1/{proxy+}';

/** Responds 405 with the allowed methods if the path exists for other methods, and 404 otherwise. */
export const answerUnrouted = (event: APIGatewayProxyEventV2): Response => {
  const { requestId } = event.requestContext;
  const rows = Object.values<Route>(routes).filter(({ path }) => patternOf(path).test(event.rawPath));
  if (rows.length === 0) return withoutBody(event, problem({ code: 'not_found' }, requestId));
  const [failure, headers] = notAllowed(rows);
  return withoutBody(event, problem(failure, requestId, headers));
};

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
