import jsonBodyParser from '@middy/http-json-body-parser';
import type { FieldError } from '../../../shared/errors.ts';
import { requestBodyBytesMax } from '../../../shared/limits.ts';
import { bodyText } from '../body-text.ts';
import { duplicateKeys } from '../duplicate-keys.ts';
import { forbiddenKeys, parseWithoutForbiddenKeys } from '../forbidden-keys.ts';
import { Refused, type Middleware } from '../incoming.ts';
import { sortErrors } from '../item-errors.ts';

/**
 * Checks the size, the media type and the encoding of a request body, then parses its JSON, for routes with a body.
 * `middy().use(jsonBody())`.
 */
export const jsonBody = (): Middleware => {
  const parser = jsonBodyParser();
  return {
    before: async (request) => {
      const { event } = request;
      if (!event.served?.row.body) return;
      const { body = '', isBase64Encoded } = event;
      if (Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > requestBodyBytesMax)
        throw new Refused({ code: 'body_too_large', detail: `At most ${requestBodyBytesMax / 1024 ** 2} MiB.` });
      const text = bodyText(event);
      if (text.ok) Object.assign(event, { body: text.value, isBase64Encoded: false });
      let forbidden: FieldError[] = [];
      try {
        await parser.before?.(request);
      } catch (error) {
        if (isUnsupported(error)) throw new Refused({ code: 'unsupported_media_type' });
        if (!text.ok) throw new Refused(text.error);
        forbidden = forbiddenKeys(text.value);
        if (forbidden.length === 0) throw new Refused({ code: 'invalid_json' });
        Object.assign(event, { body: parseWithoutForbiddenKeys(text.value) });
      }
      if (!text.ok) throw new Refused(text.error);
      event.wrongInBody = [...forbidden, ...duplicateKeys(text.value)];
      const { request: errors } = sortErrors(event.served.row.eachItem?.list, event.wrongInBody);
      if (errors.length > 0) throw new Refused({ code: 'invalid_request', errors });
    },
  };
};

const isUnsupported = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 415;
