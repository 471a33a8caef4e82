import { Refused, type Middleware } from '../incoming.ts';
import { sourceOf } from '../source-of.ts';

/** Finds the address that a request comes from; 404 for a request that bypassed CloudFront. `middy().use(requestSource(secrets))`. */
export const requestSource = (originSecrets: string[] | undefined): Middleware => ({
  before: ({ event }) => {
    const source = sourceOf(event, originSecrets);
    if (source === undefined) throw new Refused({ code: 'not_found' });
    event.source = source;
  },
});
