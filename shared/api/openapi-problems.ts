import { errorCodes, type ErrorCode } from '../errors.ts';
import type { Json } from './openapi-schemas.ts';
import type { Route } from './route.ts';

/** Failures that any route can have, in addition to its own. */
const everyRoute: ErrorCode[] = ['invalid_request', 'unavailable', 'conflict'];
const withBody: ErrorCode[] = [
  'invalid_json',
  'invalid_utf8',
  'body_too_large',
  'unsupported_media_type',
  'unsupported_charset',
];
const signedIn: ErrorCode[] = ['own_account_disabled', 'too_many_requests'];
const inOrganization: ErrorCode[] = ['organization_not_found', 'forbidden', 'sign_in_too_old', 'mfa_required'];

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const gatewayError = { 'application/json': { schema: { $ref: '#/components/schemas/GatewayError' } } };

/** The statuses with which API Gateway itself can respond, instead of the route. */
const gatewayStatuses = new Set([413, 429, 503]);

/** The failure responses of a route, by status. `x-problem-codes` lists the codes of a response for programs. */
export const failureObjects = (row: Route): Json => {
  const member = row.access !== 'public' && row.access !== 'person';
  const codes = new Set([
    ...row.errors,
    ...everyRoute,
    ...(row.access === 'public' ? [] : signedIn),
    ...(row.body ? withBody : []),
    ...(member ? inOrganization : []),
  ]);
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code][0]);
  return {
    ...Object.fromEntries(
      [...byStatus].map(([status, names]) => [
        status,
        {
          description: names.map((code) => `\`${code}\`: ${errorCodes[code][1]}.`).join(' '),
          ...(retryStatuses.has(status) && { headers: status === 429 ? rateLimit : retryAfter }),
          content: { ...problem, ...(gatewayStatuses.has(status) && gatewayError) },
          'x-problem-codes': names,
        },
      ]),
    ),
    ...(row.access !== 'public' && {
      401: {
        description: 'The request has no valid access token. API Gateway responds, or the API with `unauthorized`.',
        headers: { 'WWW-Authenticate': { $ref: '#/components/headers/WWW-Authenticate' } },
        content: { ...gatewayError, ...problem },
        'x-problem-codes': ['unauthorized'],
      },
    }),
    ...(!byStatus.has(429) && {
      429: {
        description: 'There were too many requests. API Gateway responds.',
        headers: retryAfter,
        content: gatewayError,
      },
    }),
  };
};

const retryStatuses = new Set([429, 503]);
const retryAfter = { 'Retry-After': { $ref: '#/components/headers/Retry-After' } };
const rateLimit = {
  ...retryAfter,
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
};

export const problemSchemas = {
  Problem: {
    title: 'Problem',
    description: 'Why a request failed, as RFC 9457 defines it. Decide on `code`: titles and details may be reworded.',
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'requestId'],
    properties: {
      type: {
        type: 'string',
        format: 'uri-reference',
        description: 'The entry of the error catalogue that explains the code, relative to the address of the API.',
      },
      title: { type: 'string', description: 'The code in words. It is the same for every occurrence.' },
      status: { type: 'integer', description: 'The HTTP status of the response.' },
      detail: { type: 'string', description: 'What went wrong this time, in words.' },
      code: {
        anyOf: [{ type: 'string', enum: Object.keys(errorCodes) }, { type: 'string' }],
        description: 'What went wrong. Codes are never renamed. Later versions may add others.',
      },
      requestId: {
        type: 'string',
        description: 'Identifies the request in the logs. Quote it when you report a fault.',
      },
      errors: {
        type: 'array',
        items: { $ref: '#/components/schemas/FieldError' },
        description: 'The invalid parts of the request.',
      },
    },
  },
  GatewayError: {
    title: 'Gateway error',
    description: 'The response of API Gateway when a request does not reach the API.',
    type: 'object',
    required: ['message'],
    properties: { message: { type: 'string', description: 'The reason, in words.' } },
  },
} satisfies Record<string, Json>;
