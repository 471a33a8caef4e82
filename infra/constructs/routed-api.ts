import {
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpMethod,
  type IHttpApi,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Route } from '../../shared/api/route.ts';
import { publicPaths, servedMethods, type ServedMethod } from '../../shared/api/served-methods.ts';

interface RoutedApiProps {
  httpApi: IHttpApi;
  authorizer: IHttpRouteAuthorizer;
}

/** Creates the routes of an HTTP API from the route table. All require authorization, except those marked `public`. */
export class RoutedApi extends Construct {
  private readonly props: RoutedApiProps;

  constructor(scope: Construct, id: string, props: RoutedApiProps) {
    super(scope, id);
    this.props = props;
  }

  /** Connects routes of the table to the function that serves them. */
  serve(rows: Record<string, Route>, handler: IFunction): void {
    const integration = integrationWith(handler.node.id, handler);
    const add = (method: ServedMethod | 'ANY', path: string, open: boolean) => {
      const route = new HttpRoute(this, `${method} ${path}`, {
        httpApi: this.props.httpApi,
        routeKey: HttpRouteKey.with(path, HttpMethod[method]),
        integration,
        authorizer: open ? new HttpNoneAuthorizer() : this.props.authorizer,
      });
      if (open)
        Validations.of(route).acknowledge({
          id: 'AwsSolutions-APIG4',
          reason:
            'The route table says that it is public: for invitees, who have no account yet, and for pages without data.',
        });
    };
    for (const row of Object.values(rows))
      for (const method of servedMethods([row])) add(method, row.path, row.access === 'public');
    for (const path of publicPaths(Object.values(rows))) add('ANY', path, true);
  }

  /** Routes all other authorized requests under /v1 to a function, so that their responses have the usual form. */
  serveUnrouted(handler: IFunction): void {
    new HttpRoute(this, 'unrouted', {
      httpApi: this.props.httpApi,
      routeKey: HttpRouteKey.with('/v1/{proxy+}', HttpMethod.ANY),
      integration: integrationWith('unrouted', handler),
      authorizer: this.props.authorizer,
    });
  }
}

/**
 * One permission for each function instead of one for each route, of which a function's policy of at most 20 KB holds about 30.
 * It allows the routes of this API only, all of which are created here, so no route can invoke a function that it should not.
 */
const integrationWith = (id: string, handler: IFunction): HttpLambdaIntegration =>
  new HttpLambdaIntegration(id, handler, { scopePermissionToRoute: false });
