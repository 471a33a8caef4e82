import type { Member } from '../actor.ts';
import type { ErrorCode } from '../errors.ts';
import type { Action } from '../roles/matrix.ts';
import type { PoolTree } from '../roles/pool-tree.ts';

/** The path of a request field that names an object: `params.poolId`, `body.parentId`. */
export type FieldPath = `${'params' | 'query' | 'body'}.${string}`;

/** The right is required on a pool that the request names. */
export interface PoolTarget {
  pool: FieldPath;
  /** The failure if the organization has no such pool. */
  missing: Extract<ErrorCode, 'pool_not_found' | 'unknown_pool'>;
  /** If true, the right is required on the parent of the named pool instead. */
  parent?: boolean;
}

/** The right is required on a resource that the request names. Its current pool and its owner decide. */
export interface ResourceTarget {
  resource: FieldPath;
}

/** The facts on which the rights of a request are decided, after the caller's membership was read. */
export interface Facts {
  actor: Member;
  tree: PoolTree;
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
}

/** A right that a route requires. The action is a row of the permission matrix; the matrix alone decides who has the right. */
export interface RequiredRight {
  action: Action;
  /** With `each item`, the operation itself calls `request.decide` for each item of the request. */
  on: 'organization' | 'each item' | PoolTarget | ResourceTarget;
  /** Limits the right to some requests. Without it, every request requires the right. */
  when?: (facts: Facts) => boolean;
}

/** Who may call a route: anybody, any signed-in person, or a member of the organization in the path with all of these rights. */
export type Access = 'public' | 'person' | readonly RequiredRight[];

export const onOrganization = (action: Action): readonly RequiredRight[] => [{ action, on: 'organization' }];

/** The right that every member has. */
export const reading = onOrganization('read');

/** Returns the text at a path of the request, or undefined if there is no text. */
export const fieldOf = (request: Pick<Facts, 'params' | 'query' | 'body'>, path: FieldPath): string | undefined => {
  const [part, name] = path.split('.') as ['params' | 'query' | 'body', string];
  const value = request[part]?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** Converts a path to the `pointer` of an API error: `{poolId}`, `?poolId`, `/poolId`. */
export const pointerTo = (path: FieldPath): string => {
  const [part, name = ''] = path.split('.');
  if (part === 'params') return `{${name}}`;
  return part === 'query' ? `?${name}` : `/${name}`;
};
