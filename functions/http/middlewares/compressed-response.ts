import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { uncompressedBytesMax } from '../../../shared/limits.ts';
import { chooseEncoding } from '../content-encoding.ts';
import { encodedEtag } from '../etag.ts';
import type { Middleware, MiddlewareRequest } from '../incoming.ts';

/**
 * Compresses responses above `uncompressedBytesMax` if the caller accepts that, because HTTP APIs of API Gateway do not, and
 * CloudFront compresses only what it may cache. A response that depends on a secret of the caller's would reveal it by its size
 * (BREACH) only if other sites could make the caller's browser send the request, which they cannot: no route uses cookies.
 * `middy().use(compressedResponse())`.
 */
export const compressedResponse = (): Middleware => ({ after: compress, onError: compress });

const compress = async (request: MiddlewareRequest): Promise<void> => {
  const { event, response } = request;
  const { body, headers = {} } = response ?? {};
  const encoding = chooseEncoding(event.headers['accept-encoding']);
  if (body === undefined || encoding === undefined) return;
  const plainBytes = Buffer.byteLength(body);
  if (plainBytes <= uncompressedBytesMax) return;
  const encoded = (await compressors[encoding](body)).toString('base64');
  // Lambda's size limit applies to the base64 text, so a response that fits uncompressed must not become too large by compression.
  if (encoded.length >= plainBytes) return;
  const { etag } = headers;
  request.response = {
    ...response,
    headers: {
      ...headers,
      'content-encoding': encoding,
      ...(typeof etag === 'string' && { etag: encodedEtag(etag, encoding) }),
    },
    body: encoded,
    isBase64Encoded: true,
  };
};

/** At this quality, brotli takes as long as gzip at its default level. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const compressors = {
  br: (text: string) => promisify(brotliCompress)(text, brotli),
  gzip: (text: string) => promisify(gzip)(text),
};
