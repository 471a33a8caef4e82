import type { Route } from '../../shared/api/route.ts';
import { servedMethods } from '../../shared/api/served-methods.ts';
import type { Failure } from '../../shared/errors.ts';

/** The failure of a request whose path has routes only for other methods, with the `Allow` header that lists those methods. */
export const notAllowed = (rows: Iterable<Pick<Route, 'method'>>): [Failure, { allow: string }] => [
  { code: 'method_not_allowed' },
  { allow: servedMethods(rows).join(', ') },
];
