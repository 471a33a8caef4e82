import type { Route } from '../../shared/api/route.ts';
import { servedMethods } from '../../shared/api/served-methods.ts';
import type { Failure } from '../../shared/errors.ts';

/** The failure of a request to a path that has only these routes, none for its method, and the header that names their methods. */
export const notAllowed = (rows: Iterable<Pick<Route, 'method'>>): [Failure, { allow: string }] => [
  { code: 'method_not_allowed' },
  { allow: servedMethods(rows).join(', ') },
];
