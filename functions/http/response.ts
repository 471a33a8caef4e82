import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Route } from '../../shared/api/route.ts';
import { errorCataloguePath } from '../../shared/platform/error-catalogue.ts';
import { errorCodes, type ExceededLimit, type Failure, type FieldError } from '../../shared/errors.ts';
import { etagOf } from './etag.ts';
import { problemDetailLettersMax, problemErrorsMax, problemPointerLettersMax } from '../../shared/limits.ts';

export const everyAnswer = {
  'cache-control': 'no-store',
  vary: 'accept-encoding',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
};

/** The successful response of a route, with only the fields of its response schema. Throws if the value violates the schema. */
export const success = (
  row: Route,
  value: unknown,
  requestPath: string,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 => {
  const answer = row.response.parse(value);
  if (row.status === 204) return { statusCode: 204, headers: { ...everyAnswer, ...headers } };
  const object: { id?: unknown; version?: unknown } = typeof answer === 'object' && answer !== null ? answer : {};
  const version = typeof object.version === 'number' ? object.version : undefined;
  return {
    statusCode: row.status,
    headers: {
      ...everyAnswer,
      'content-type': row.media ? `${row.media}; charset=utf-8` : 'application/json',
      ...((row.method === 'GET' || version !== undefined) && { etag: etagOf(answer, version) }),
      ...(row.status === 201 && { location: `${requestPath}/${String(object.id)}` }),
      ...headers,
    },
    body: row.media ? String(answer) : JSON.stringify(answer),
  };
};

const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length).toWellFormed()}…` : text;

/** The first errors, with their pointers cut to a bounded length. */
export const shownErrors = (errors: readonly FieldError[], max: number): FieldError[] =>
  errors.slice(0, max).map((each) => ({ ...each, pointer: shortened(each.pointer, problemPointerLettersMax) }));

/**
 * The limit that a refused request exceeded, and when it may be repeated. Source:
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10
 */
const rateLimitHeaders = (
  { name, quota, unit, windowSeconds, remaining }: ExceededLimit,
  retryAfter = windowSeconds,
): Record<string, string> => ({
  'ratelimit-policy': `"${name}";q=${quota};w=${windowSeconds}${unit === 'requests' ? '' : `;qu="${unit}"`}`,
  ratelimit: `"${name}";r=${remaining};t=${retryAfter}`,
});

/** The response for a failure: a problem document as defined in RFC 9457. */
export const problem = (
  failure: Failure,
  requestId: string,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 => {
  const [status, title] = errorCodes[failure.code];
  return {
    statusCode: status,
    headers: {
      ...everyAnswer,
      'content-type': 'application/problem+json',
      ...(failure.retryAfter !== undefined && { 'retry-after': String(failure.retryAfter) }),
      ...(failure.limit && rateLimitHeaders(failure.limit, failure.retryAfter)),
      ...headers,
    },
    body: JSON.stringify({
      type: `${errorCataloguePath}#${failure.code}`,
      title,
      status,
      ...(failure.detail !== undefined && { detail: shortened(failure.detail, problemDetailLettersMax) }),
      code: failure.code,
      requestId,
      ...(failure.errors && { errors: shownErrors(failure.errors, problemErrorsMax) }),
    }),
  };
};
