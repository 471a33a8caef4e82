import type { Middleware } from '../incoming.ts';
import { logger } from '../log.ts';

/** Every line that a request logs carries its id: `middy().use(logContext())`. */
export const logContext = (): Middleware => ({
  before: ({ event }) => {
    logger.resetKeys();
    logger.appendKeys({ requestId: event.requestContext.requestId });
  },
});
