import type * as z from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Services } from '../ports.ts';
import type { Result } from '../result.ts';
import type { Access } from './access.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Route {
  method: Method;
  /** As API Gateway writes it: `/v1/organizations/{organizationId}/users`. */
  path: string;
  summary: string;
  access: Access;
  /** Counted against what one source address may ask for. */
  perSource?: boolean;
  params: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodType | undefined;
  /** Status of success. */
  status: 200 | 201 | 204;
  response: z.ZodType;
  /** Media type of the answer; absent: JSON. */
  media?: 'text/html';
  /** Failures that this route adds to those every route has. */
  errors: readonly ErrorCode[];
}

/** One row of the route table: the gateway, the pipeline, the OpenAPI document and the typed client all read it. */
export const route = <const R extends Route>(row: R): R => row;

/** Routes that change an existing object honour `If-Match`; those that create, `Idempotency-Key`. */
export const takesIfMatch = (row: Route): boolean => row.errors.includes('stale_version');
export const takesIdempotencyKey = (row: Route): boolean => row.errors.includes('idempotency_key_reused');

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Given<T> = T extends z.ZodType ? z.input<T> : undefined;

/** Makes a create repeatable: see `Idempotency-Key`. */
export interface Idempotency {
  /** Identifies this request: a hash of the person, the operation and the key. */
  request: string;
  bodyHash: string;
  /** Names a part of a request that is written in several transactions; absent: the first part, or the only one. */
  part?: string | undefined;
}

/** A request as an operation gets it: parsed. */
export interface Input<R extends Route> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
  /** The version that `If-Match` demands. */
  ifMatch?: number | undefined;
  idempotency?: Idempotency | undefined;
}

/** What a caller gives, for the typed client. */
export interface Call<R extends Route> {
  params: Given<R['params']>;
  query: Given<R['query']>;
  body: Given<R['body']>;
}

export type Output<R extends Route> = z.input<R['response']>;
export type Answer<R extends Route> = z.output<R['response']>;

/** Whoever calls: a signed-in person by the `sub` of the token, or anybody. */
export interface Caller {
  personId?: string | undefined;
  requestId: string;
}

/** A caller's use of the domain: services in, then who and what. */
export type Operation<R extends Route> = (
  services: Services,
) => (caller: Caller, input: Input<R>) => Promise<Result<Output<R>>>;

/** The operations of a group of routes, by the routes' names. */
export type Operations<T extends Record<string, Route>> = { [Name in keyof T]: Operation<T[Name]> };
