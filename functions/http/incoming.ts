import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Idempotency, Input, Operation, Route } from '../../shared/api/route.ts';
import type { Failure } from '../../shared/errors.ts';

export type Response = APIGatewayProxyStructuredResultV2;

/** A row of the route table, and the operation that serves it. */
export interface ServedRoute {
  name: string;
  row: Route;
  operation: Operation<Route>;
}

/** The event of a request, and what the middlewares find out about it, each for the ones that follow. */
export interface Incoming extends APIGatewayProxyEventV2 {
  served?: ServedRoute;
  /** The address that the request comes from. */
  source?: string;
  /** Path, query, body and `If-Match`, as the route wants them. */
  input?: Omit<Input<Route>, 'idempotency'>;
  idempotencyKey?: string | undefined;
  /** The `sub` of the access token; absent on public routes. */
  personId?: string | undefined;
  idempotency?: Idempotency | undefined;
}

export type Middleware = MiddlewareObj<Incoming, Response>;
export type MiddlewareRequest = Request<Incoming, Response>;

/** Thrown by a middleware that refuses a request: the response is the failure's problem. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}
