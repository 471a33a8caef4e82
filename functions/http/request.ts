import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { takesIdempotencyKey, takesIfMatch, type Input, type Route } from '../../shared/api/route.ts';
import type { FieldError, FieldErrorCode } from '../../shared/errors.ts';
import { idempotencyKeyLettersMax } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseIfMatch } from './etag.ts';
import { illFormed } from './ill-formed.ts';
import { issueText } from './issue-text.ts';
import { escapePointer } from './pointer.ts';

/** With the input, a missing value differs from a wrong one. The input itself is never sent back or logged. */
const parsing = { reportInput: true, error: issueText };

export type ParsedRequest = Omit<Input<Route>, 'idempotency'> & { idempotencyKey?: string };

/** Path, query, body and headers as the route wants them; else everything that is wrong, at once. */
export const parseRequest = (row: Route, event: APIGatewayProxyEventV2, body: unknown): Result<ParsedRequest> => {
  const params = row.params.safeParse(event.pathParameters ?? {}, parsing);
  const query = row.query.safeParse(event.queryStringParameters ?? {}, parsing);
  const parsedBody = row.body?.safeParse(body, parsing);
  const ifMatch = takesIfMatch(row) ? parseIfMatch(event.headers['if-match']) : ok(undefined);
  const idempotencyKey = takesIdempotencyKey(row) ? parseKey(event.headers['idempotency-key']) : ok(undefined);
  const halfCharacters = illFormed(parsedBody?.data);
  const errors = [
    ...fieldErrors(params, (path) => `{${path.join('.')}}`),
    ...fieldErrors(query, (path) => `?${path.join('.')}`),
    ...fieldErrors(parsedBody, (path) => path.map((part) => `/${escapePointer(String(part))}`).join('')),
    ...halfCharacters,
    ...(ifMatch.ok ? [] : [ifMatch.error]),
    ...(idempotencyKey.ok ? [] : [idempotencyKey.error]),
  ];
  if (
    !params.success ||
    !query.success ||
    parsedBody?.success === false ||
    halfCharacters.length > 0 ||
    !ifMatch.ok ||
    !idempotencyKey.ok
  )
    return fail('invalid_request', errors.map(({ pointer, detail }) => `${pointer || 'body'}: ${detail}`).join(' '), {
      errors,
    });
  return ok({
    params: params.data,
    query: query.data,
    body: parsedBody?.data as undefined,
    ...(ifMatch.value !== undefined && { ifMatch: ifMatch.value }),
    ...(idempotencyKey.value !== undefined && { idempotencyKey: idempotencyKey.value }),
  });
};

const fieldErrors = (
  parsed: z.ZodSafeParseResult<unknown> | undefined,
  pointer: (path: PropertyKey[]) => string,
): FieldError[] =>
  (parsed?.error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointer([...issue.path, key]),
          code: 'unknown_field' as const,
          detail: issue.message,
        }))
      : [{ pointer: pointer(issue.path), code: issueCode(issue), detail: issue.message }],
  );

const issueCode = (issue: Exclude<z.core.$ZodIssue, { code: 'unrecognized_keys' }>): FieldErrorCode => {
  if (issue.code === 'custom') return (issue.params?.code as FieldErrorCode | undefined) ?? 'invalid_value';
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'missing';
  return issue.code;
};

const parseKey = (header: string | undefined): Result<string | undefined, FieldError> =>
  header === undefined || (header.length >= 1 && header.length <= idempotencyKeyLettersMax)
    ? ok(header)
    : {
        ok: false,
        error: {
          pointer: 'Idempotency-Key',
          code: 'invalid_key',
          detail: `1 to ${idempotencyKeyLettersMax} characters.`,
        },
      };
