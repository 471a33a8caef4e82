import type { Member } from '../actor.ts';
import type { ErrorCode } from '../errors.ts';
import type { Action } from '../roles/matrix.ts';
import type { PoolTree } from '../roles/pool-tree.ts';

/** Where a request names an object: `params.poolId`, `body.parentId`. */
export type FieldPath = `${'params' | 'query' | 'body'}.${string}`;

/** A pool that the request names. */
export interface PoolTarget {
  pool: FieldPath;
  /** The failure when the organization has no such pool. */
  missing: Extract<ErrorCode, 'pool_not_found' | 'unknown_pool'>;
  /** The right is required on the parent of the named pool. */
  parent?: boolean;
}

/** A resource that the request names: decided by the pool it is in now, and by who owns it now. */
export interface ResourceTarget {
  resource: FieldPath;
}

/** What is known once the caller's membership has been read. */
export interface Facts {
  actor: Member;
  tree: PoolTree;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
}

/** A right that a route requires. Its action is a row of the permission matrix, which alone decides. */
export interface RequiredRight {
  action: Action;
  /** `each item`: the operation decides item by item, with `request.decide`. */
  on: 'organization' | 'each item' | PoolTarget | ResourceTarget;
  /** Absent: always required. */
  when?: (facts: Facts) => boolean;
}

/** Who may call a route: anybody; anybody who signed in; or a member of the organization in the path with all of these rights. */
export type Access = 'public' | 'person' | readonly RequiredRight[];

export const onOrganization = (action: Action): readonly RequiredRight[] => [{ action, on: 'organization' }];

/** The right that every member has. */
export const reading = onOrganization('read');

/** The text at a path of the request; undefined where the request has none. */
export const fieldOf = (request: Pick<Facts, 'params' | 'query' | 'body'>, path: FieldPath): string | undefined => {
  const [part, name] = path.split('.') as ['params' | 'query' | 'body', string];
  const value = request[part]?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** How an error of the API points to a path: `{poolId}`, `?poolId`, `/poolId`. */
export const pointerTo = (path: FieldPath): string => {
  const [part, name = ''] = path.split('.');
  if (part === 'params') return `{${name}}`;
  return part === 'query' ? `?${name}` : `/${name}`;
};
