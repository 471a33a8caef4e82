import { request, type IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Names under localhost are this machine, which not every resolver knows. */
const loopback: LookupFunction = (_name, { all }, found) =>
  all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);

/** `fetch` of what an API at a name of its own under localhost answers: a text goes there, redirections come back as they are. */
export const localFetch: typeof fetch = async (input, { method = 'GET', headers, body } = {}) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const sent = request(url, { method, headers: Object.fromEntries(new Headers(headers)), lookup: loopback });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('error', reject).once('response', resolve);
  });
  sent.end(textOf(body));
  const message = await answered;
  const { statusCode: status = 0, rawHeaders } = message;
  const content = await buffer(message);
  // Where there is nothing, `Response` takes nothing, not even an empty text.
  return new Response(content.length > 0 ? content : null, { status, headers: pairsOf(rawHeaders) });
};

const textOf = (body: BodyInit | null | undefined): string | undefined => {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  if (body) throw new TypeError('Only texts are sent');
  return undefined;
};

const pairsOf = (raw: string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? '']);
