import { HttpMethod, HttpNoneAuthorizer, type HttpApi, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Route } from '../../shared/api/route.ts';

interface RoutedApiProps {
  httpApi: HttpApi;
  authorizer: IHttpRouteAuthorizer;
}

/** The route table as routes of an HTTP API: closed, but for those that say `public`. */
export class RoutedApi extends Construct {
  private readonly props: RoutedApiProps;

  constructor(scope: Construct, id: string, props: RoutedApiProps) {
    super(scope, id);
    this.props = props;
  }

  /** Routes of the table to the function that serves them. */
  serve(rows: Record<string, Route>, handler: IFunction): void {
    const integration = new HttpLambdaIntegration(handler.node.id, handler);
    for (const { method, path, access } of Object.values(rows))
      this.props.httpApi.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        authorizer: access === 'public' ? new HttpNoneAuthorizer() : this.props.authorizer,
      });
  }

  /** Whatever else is asked for under /v1, by somebody who signed in: so that it is answered as everything is. */
  serveUnrouted(handler: IFunction): void {
    this.props.httpApi.addRoutes({
      path: '/v1/{proxy+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('unrouted', handler),
      authorizer: this.props.authorizer,
    });
  }
}
