import type * as z from 'zod';
import type { Token } from '../actor.ts';
import type { ErrorCode } from '../errors.ts';
import type { Services } from '../ports.ts';
import type { Result } from '../result.ts';
import type { Access } from './access.ts';
import type { Deprecation } from './versioning.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The estimated capacity units of a call, of reads and writes together. */
export interface Units {
  call: number;
  /** In addition, for each item that a list may return or that the body names. */
  item?: number;
  /** Replaces `item` if the list is filtered. */
  filteredItem?: number;
}

export interface Route {
  method: Method;
  /** In the syntax of API Gateway: `/v1/organizations/{organizationId}/users`. */
  path: string;
  access: Access;
  /** If true, the request counts towards the rate limit of its source address. */
  perSource?: boolean;
  params: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodType | undefined;
  /**
   * The list in the body whose items are accepted or refused individually, even if they violate their schema. `outcome`: the
   * outcome of a refused item in the `results` of the response. Absent: one invalid item refuses the request.
   */
  eachItem?: { list: string; outcome: string };
  /** What a call costs, unless it is a list or cheap. Source of the figures: `accessPatterns`. A test compares. */
  units?: Units;
  /** The HTTP status of a successful response. */
  status: 200 | 201 | 204;
  response: z.ZodType;
  /** The media type of the response, JSON by default. */
  media?: 'text/html';
  /** Present if a later version removes the route. */
  deprecated?: Deprecation;
  /** The failures of this route in addition to those that every route has. */
  errors: readonly ErrorCode[];
}

/** Defines one row of the route table, from which the gateway, the pipeline, the OpenAPI document and the typed client derive. */
export const route = <const R extends Route>(row: R): R => row;

/** Routes that change an existing object accept `If-Match`; routes that create one accept `Idempotency-Key`. */
export const takesIfMatch = (row: Route): boolean => row.errors.includes('stale_version');
export const takesIdempotencyKey = (row: Route): boolean => row.errors.includes('idempotency_key_reused');

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Given<T> = T extends z.ZodType ? z.input<T> : undefined;

/** The parsed `Idempotency-Key` of a request, which makes it safe to repeat a create. */
export interface Idempotency {
  /** Identifies this request: a hash of the person, the operation and the key. */
  request: string;
  bodyHash: string;
  /** The name of a part, if a request is written in several transactions. The first or only part has none. */
  part?: string | undefined;
}

/** A parsed request, the input of an operation. */
export interface Input<R extends Route> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
  /** The version in `If-Match`. */
  ifMatch?: number | undefined;
  idempotency?: Idempotency | undefined;
}

/** The arguments of a call by the typed client. */
export interface Call<R extends Route> {
  params: Given<R['params']>;
  query: Given<R['query']>;
  body: Given<R['body']>;
}

export type Output<R extends Route> = z.input<R['response']>;
export type Answer<R extends Route> = z.output<R['response']>;

/** The caller of a request. `personId` is the `sub` of the token; it is absent if the caller is not signed in. */
export interface Caller {
  personId?: string | undefined;
  requestId: string;
  /** Absent if the caller is not signed in. */
  token?: Token | undefined;
}

/** An operation, as a function of the services that returns a function of the caller and the input. */
export type Operation<R extends Route> = (
  services: Services,
) => (caller: Caller, input: Input<R>) => Promise<Result<Output<R>>>;

/** The operations of a group of routes, by the name of the route. */
export type Operations<T extends Record<string, Route>> = { [Name in keyof T]: Operation<T[Name]> };
