import { createHash } from 'node:crypto';
import { versionDigitsMax } from '../../shared/limits.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { FieldError } from '../../shared/errors.ts';
import type { Encoding } from './content-encoding.ts';

/**
 * The ETag of a response: `"<version>-<digest of its content>"`, or `"<digest>"` for objects without a version. The version alone
 * is not enough, because a response also shows the names of other objects, the owner after a removal, and whether an invite has
 * expired, and none of these changes the version. People with different rights get different bodies, and so different ETags.
 */
export const etagOf = (answer: unknown, version?: number): string => {
  const digest = createHash('sha256').update(JSON.stringify(answer, sorted)).digest('hex');
  return version === undefined ? `"${digest}"` : `"${version}-${digest}"`;
};

/** A JSON replacer that sorts the keys of objects, because DynamoDB returns the entries of a map, such as tags, in any order. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * The ETag of an encoded body. Different bytes need different ETags.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3
 */
export const encodedEtag = (etag: string, encoding: Encoding): string => etag.replace(/"$/, `-${encoding}"`);

/** Finds the ETag in an `If-None-Match` header that identifies the same state as this ETag, whatever the content encoding. */
export const sameState = (ifNoneMatch: string, etag: string): string | undefined => {
  if (ifNoneMatch.trim() === '*') return etag;
  const given = ifNoneMatch.match(/"[^"]*"/g) ?? [];
  return given.find((each) => each.replace(/-(br|gzip)"$/, '"') === etag);
};

const ifMatch = new RegExp(`^\\s*"(\\d{1,${versionDigitsMax}})(?:-[\\w-]+)?"\\s*$`);

/** The version in an `If-Match` header: an ETag as it was received, or a version in quotes. */
export const parseIfMatch = (header: string | undefined): Result<number | undefined, FieldError> => {
  if (header === undefined || header.trim() === '*') return ok(undefined);
  const match = ifMatch.exec(header);
  if (match) return ok(Number(match[1]));
  return {
    ok: false,
    error: {
      pointer: 'If-Match',
      code: 'invalid_etag',
      detail: 'Send one ETag, in the quotes that it has in a response.',
    },
  };
};
