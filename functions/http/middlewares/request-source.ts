import { Refused, type Middleware } from '../incoming.ts';
import { sourceOf } from '../source-of.ts';

/** Finds the client's IP address. Responds 404 to requests that bypassed CloudFront. `middy().use(requestSource(secrets))`. */
export const requestSource = (originSecrets: string[] | undefined): Middleware => ({
  before: ({ event }) => {
    const source = sourceOf(event, originSecrets);
    if (source === undefined) throw new Refused({ code: 'not_found' });
    event.source = source;
  },
});
