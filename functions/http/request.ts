import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { takesIdempotencyKey, takesIfMatch, type Input, type Route } from '../../shared/api/route.ts';
import type { FieldError, FieldErrorCode } from '../../shared/errors.ts';
import { idempotencyKeyLettersMax } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseIfMatch } from './etag.ts';
import { illFormed } from './ill-formed.ts';
import { issueText } from './issue-text.ts';
import { sortErrors, type SortedErrors } from './item-errors.ts';
import { escapePointer } from './pointer.ts';

/**
 * Issues contain the input, so that a missing value can be distinguished from a wrong one. The input is never sent back or
 * logged.
 */
const parsing = { reportInput: true, error: issueText };

export type ParsedRequest = Omit<Input<Route>, 'idempotency'> & {
  idempotencyKey?: string;
  refusedItems: SortedErrors['items'];
};

/**
 * Parses path, query, body and headers with the schemas of the route. A failure contains all errors at once. `wrong`: the errors
 * that an earlier step found in the body. If the route refuses items individually, the parsed body contains only the valid ones.
 */
export const parseRequest = (
  row: Route,
  event: APIGatewayProxyEventV2,
  body: unknown,
  wrong: readonly FieldError[] = [],
): Result<ParsedRequest> => {
  const params = row.params.safeParse(event.pathParameters ?? {}, parsing);
  const query = row.query.safeParse(event.queryStringParameters ?? {}, parsing);
  const parsedBody = row.body?.safeParse(body, parsing);
  const ifMatch = takesIfMatch(row) ? parseIfMatch(event.headers['if-match']) : ok(undefined);
  const idempotencyKey = takesIdempotencyKey(row) ? parseKey(event.headers['idempotency-key']) : ok(undefined);
  const inBody = sortErrors(row.eachItem?.list, [
    ...wrong,
    ...fieldErrors(parsedBody, (path) => path.map((part) => `/${escapePointer(String(part))}`).join('')),
    ...illFormed(parsedBody?.data),
  ]);
  const errors = [
    ...fieldErrors(params, (path) => `{${path.join('.')}}`),
    ...fieldErrors(query, (path) => `?${path.join('.')}`),
    ...inBody.request,
    ...(ifMatch.ok ? [] : [ifMatch.error]),
    ...(idempotencyKey.ok ? [] : [idempotencyKey.error]),
  ];
  if (!params.success || !query.success || !ifMatch.ok || !idempotencyKey.ok || errors.length > 0)
    return fail('invalid_request', errors.map(({ pointer, detail }) => `${pointer || 'body'}: ${detail}`).join(' '), {
      errors,
    });
  return ok({
    params: params.data,
    query: query.data,
    body: (inBody.items.size === 0 ? parsedBody?.data : parseOthers(row, body, inBody.items)) as undefined,
    refusedItems: inBody.items,
    ...(ifMatch.value !== undefined && { ifMatch: ifMatch.value }),
    ...(idempotencyKey.value !== undefined && { idempotencyKey: idempotencyKey.value }),
  });
};

/** Parses the body without its refused items. If all items were refused, the list is empty, even if the schema requires an item. */
const parseOthers = ({ body: schema, eachItem }: Route, body: unknown, refused: SortedErrors['items']): unknown => {
  const { list = '' } = eachItem ?? {};
  const given = body as Record<string, unknown[]>;
  const others = { ...given, [list]: (given[list] ?? []).filter((_, position) => !refused.has(position)) };
  return others[list]?.length === 0 ? others : schema?.parse(others, parsing);
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
