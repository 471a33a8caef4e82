import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Token } from '../../shared/actor.ts';
import type { Idempotency, Input, Operation, Route } from '../../shared/api/route.ts';
import type { Failure, FieldError } from '../../shared/errors.ts';
import type { SortedErrors } from './item-errors.ts';

export type Response = APIGatewayProxyStructuredResultV2;

/** A row of the route table and its operation. */
export interface ServedRoute {
  name: string;
  row: Route;
  operation: Operation<Route>;
}

/** The API Gateway event of a request. Each middleware adds fields to it that later middlewares and the handler need. */
export interface Incoming extends APIGatewayProxyEventV2 {
  served?: ServedRoute;
  /** The IP address of the client. */
  source?: string;
  /** Errors in the text of the body that the parsed body no longer shows, such as a key that occurs twice. */
  wrongInBody?: FieldError[];
  /** Path, query, body and `If-Match`, parsed with the schemas of the route. */
  input?: Omit<Input<Route>, 'idempotency'>;
  idempotencyKey?: string | undefined;
  /** The errors of refused items of a list, by the position of the item. `input` contains only the other items. */
  refusedItems?: SortedErrors['items'];
  /** The `sub` of the access token. Absent on public routes. */
  personId?: string | undefined;
  token?: Token | undefined;
  idempotency?: Idempotency | undefined;
}

export type Middleware = MiddlewareObj<Incoming, Response>;
export type MiddlewareRequest = Request<Incoming, Response>;

/** Thrown by a middleware that refuses a request. The response is the problem document of the failure. */
export class Refused extends Error {
  readonly failure: Failure;
  readonly headers: Record<string, string>;

  constructor(failure: Failure, headers: Record<string, string> = {}) {
    super(failure.code);
    this.failure = failure;
    this.headers = headers;
  }
}
