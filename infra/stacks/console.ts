import type { HttpApi, IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { routeGroups } from '../../shared/api/routes.ts';
import { NodeFunction } from '../constructs/node-function.ts';
import { RoutedApi } from '../constructs/routed-api.ts';
import type { Stage } from '../stages.ts';

interface ConsoleStackProps extends StackProps {
  stage: Stage;
  bundles: string;
  httpApi: HttpApi;
  authorizer: IHttpRouteAuthorizer;
  userPool: UserPool;
  client: UserPoolClient;
  /** Without a slash at the end. */
  signInUrl: string;
}

/** The web console: the function that serves its files at the address of the API. */
export class ConsoleStack extends Stack {
  constructor(scope: Construct, id: string, props: ConsoleStackProps) {
    super(scope, id, props);
    const { stage, bundles, httpApi, authorizer, userPool, client, signInUrl } = props;
    // The function only reads files. It has no access to the table, emails or the user directory.
    const handler = new NodeFunction(this, 'console', {
      stage,
      bundles,
      entry: 'console',
      concurrency: stage.publicConcurrency,
      environment: {
        USER_POOL_ISSUER: userPool.userPoolProviderUrl,
        APP_CLIENT_ID: client.userPoolClientId,
        SIGN_IN_URL: signInUrl,
      },
    });
    new RoutedApi(this, 'Routes', { httpApi, authorizer }).serve(routeGroups.console, handler);
  }
}
