import { count, publishMetrics } from '../../adapters/metrics.ts';
import type { Middleware, MiddlewareRequest } from '../incoming.ts';
import { logger } from '../log.ts';

/**
 * Logs one line for every response, and counts refused calls and faults. `middy().use(requestLog())` must come before
 * `problemResponses()`, because middy runs `after` and `onError` in reverse order and the response must exist first.
 */
export const requestLog = (): Middleware => ({ after: logResponse, onError: logResponse });

const logResponse = ({ event, response }: MiddlewareRequest): void => {
  const status = response?.statusCode ?? 500;
  // Behind CloudFront, the access log of API Gateway contains CloudFront's address, and it cannot log headers.
  // Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
  logger.info('request', { routeKey: event.routeKey, status: response?.statusCode, source: event.source });
  if (status === 403) count('RefusedCalls');
  if (status === 429) count('LimitedCalls');
  if (status >= 500) count('Faults');
  publishMetrics();
};
