import { count, publishMetrics } from '../../adapters/metrics.ts';
import type { Middleware, MiddlewareRequest } from '../incoming.ts';
import { logger } from '../log.ts';

/** Logs and counts every response, in one line at the end: `middy().use(requestLog())`, before whatever makes responses. */
export const requestLog = (): Middleware => ({ after: logResponse, onError: logResponse });

const logResponse = ({ event, response }: MiddlewareRequest): void => {
  const status = response?.statusCode ?? 500;
  logger.info('request', { routeKey: event.routeKey, status: response?.statusCode });
  if (status === 403) count('RefusedCalls');
  if (status >= 500) count('Faults');
  publishMetrics();
};
