import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { problem } from './response.ts';

/** The route of whatever no other route takes. */
export const unroutedKey = 'ANY /v1/{proxy+}';

/** An address that takes other methods answers 405 and names them; any other 404. */
export const answerUnrouted = (event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 => {
  const { requestId } = event.requestContext;
  const allowed = Object.values<Route>(routes)
    .filter(({ path }) => patternOf(path).test(event.rawPath))
    .map(({ method }) => method);
  if (allowed.length === 0) return problem({ code: 'not_found' }, requestId);
  const answer = problem({ code: 'method_not_allowed' }, requestId);
  return { ...answer, headers: { ...answer.headers, allow: [...new Set(allowed)].join(', ') } };
};

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
