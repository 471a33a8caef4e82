/**
 * Loaded before programs that are to believe that the emulator is AWS: `fetch` reaches the names of APIs under localhost, which not
 * every resolver knows, and the domains of user pools, which are the emulator itself.
 */
import { localFetch } from './local-fetch.ts';

const { fetch: fetchElsewhere } = globalThis;
const emulator = new URL(process.env.AWS_ENDPOINT_URL ?? '');

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.hostname.endsWith('.amazoncognito.com')) {
    url.protocol = emulator.protocol;
    url.host = emulator.host;
    return localFetch(url, init);
  }
  return url.hostname.endsWith('.localhost') ? localFetch(url, init) : fetchElsewhere(input, init);
};
