import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { fail, ok, type Result } from '../../shared/result.ts';

/**
 * The text of a request body, without a byte order mark. Fails if the declared charset is not UTF-8, or if the body is not valid
 * UTF-8, because a lenient decoder would silently change the names that are stored.
 */
export const bodyText = ({
  headers,
  body = '',
  isBase64Encoded,
}: Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>): Result<string> => {
  const declared = charsetsOf(headers['content-type'] ?? '').filter((charset) => !/^utf-?8$/i.test(charset));
  if (declared.length > 0) return fail('unsupported_charset', 'The charset of JSON is UTF-8.');
  if (!isBase64Encoded) return body.includes(replacement) ? replaced : ok(body.replace(/^\uFEFF/, ''));
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64')));
  } catch {
    return fail('invalid_utf8');
  }
};

/** The `charset` parameters of a media type: `application/json; charset=utf-8`. */
const charsetsOf = (mediaType: string): string[] =>
  [...mediaType.matchAll(/;\s*charset\s*=\s*"?([^";]*)/gi)].map(([, charset = '']) => charset.trim());

/**
 * API Gateway passes a JSON body as text, so its bytes are already decoded. The decoder replaces invalid bytes with this character.
 */
const replacement = '\uFFFD';

const replaced = fail('invalid_utf8', String.raw`It contains U+FFFD. If that is intended, write it as \ufffd.`);
