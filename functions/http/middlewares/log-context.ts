import type { Middleware } from '../incoming.ts';
import { logger } from '../log.ts';

/** Adds the request id to every line that the request logs. `middy().use(logContext())`. */
export const logContext = (): Middleware => ({
  before: ({ event }) => {
    logger.resetKeys();
    logger.appendKeys({ requestId: event.requestContext.requestId });
  },
});
