import { deprecationMonthsMin } from '../limits.ts';
import { second } from '../time.ts';

/** The version of the API and of the package. */
export const apiVersion = '1.0.0';

/** An operation that a later version removes. Both are days, such as `2027-01-31`. */
export interface Deprecation {
  /** The day from which callers should use another operation. */
  since: string;
  /** The day from which the operation may be removed. */
  sunset: string;
}

/**
 * The headers of every response of a deprecated operation.
 * Sources: https://www.rfc-editor.org/rfc/rfc9745#section-2.1 (seconds since 1970 after an `@`) and
 * https://www.rfc-editor.org/rfc/rfc8594#section-3 (an HTTP date).
 */
export const deprecationHeaders = ({ since, sunset }: Deprecation): Record<string, string> => ({
  deprecation: `@${Date.parse(since) / second}`,
  sunset: new Date(sunset).toUTCString(),
});

/** The text at the top of the OpenAPI document. */
export const apiDescription = `The people of an organization, their roles, the invitations that bring them in, and who takes over when they leave.

Every path that supports GET also supports HEAD. Requests and responses are JSON. A failed request returns a problem (RFC 9457) whose \`type\` leads to the explanation of its \`code\`.

## Versions

The API has a version of the form \`major.minor.patch\`. As long as the major version stays, a program that was written for an earlier version keeps working if it ignores fields that it does not know and accepts values of enumerations that it does not know. These changes can be made at any time:

- new operations, optional parameters, optional fields of requests, and response headers
- new fields of responses
- new values of enumerations in responses, and new error codes
- wider limits, and other words in titles, details and descriptions

Everything else is a breaking change. It increases the major version and is announced in the changelog. An operation that will be removed is marked as deprecated in this document at least ${deprecationMonthsMin} months before. In that time its responses have the header \`Deprecation\` (RFC 9745), which states since when it has been deprecated, and the header \`Sunset\` (RFC 8594), which states until when it is kept.`;
