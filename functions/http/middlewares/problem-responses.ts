import { Unavailable } from '../../../shared/errors.ts';
import { Refused, type Middleware } from '../incoming.ts';
import { logger } from '../log.ts';
import { problem } from '../response.ts';

/**
 * Turns any thrown error into a problem response: that of the failure it contains, or else that of an internal fault.
 * `middy().use(problemResponses())`.
 */
export const problemResponses = (): Middleware => ({
  onError: (request) => {
    const { error } = request;
    const { requestId } = request.event.requestContext;
    if (error instanceof Refused) request.response = problem(error.failure, requestId, error.headers);
    else if (error instanceof Unavailable) {
      logger.error(error.message, { cause: error.cause instanceof Error ? error.cause.name : undefined });
      request.response = problem(error.failure, requestId);
    } else {
      logger.error('fault', error ?? new Error('unknown'));
      request.response = problem({ code: 'fault' }, requestId);
    }
  },
});
