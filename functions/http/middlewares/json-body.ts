import jsonBodyParser from '@middy/http-json-body-parser';
import { requestBodyBytesMax } from '../../../shared/limits.ts';
import { forbiddenKeys } from '../forbidden-keys.ts';
import { Refused, type Middleware } from '../incoming.ts';

/** Checks the size and the media type of a request body, then parses its JSON, for routes with a body. `middy().use(jsonBody())`. */
export const jsonBody = (): Middleware => {
  const parser = jsonBodyParser();
  return {
    before: async (request) => {
      const { event } = request;
      if (!event.served?.row.body) return;
      const { body = '', isBase64Encoded } = event;
      const encoding = isBase64Encoded ? 'base64' : 'utf8';
      if (Buffer.byteLength(body, encoding) > requestBodyBytesMax)
        throw new Refused({ code: 'body_too_large', detail: `At most ${requestBodyBytesMax / 1024 ** 2} MiB.` });
      try {
        await parser.before?.(request);
      } catch (error) {
        const unsupported = error instanceof Error && 'statusCode' in error && error.statusCode === 415;
        if (unsupported) throw new Refused({ code: 'unsupported_media_type' });
        const errors = forbiddenKeys(Buffer.from(body, encoding).toString());
        throw new Refused(errors.length > 0 ? { code: 'invalid_request', errors } : { code: 'invalid_json' });
      }
    },
  };
};
