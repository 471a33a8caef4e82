import { CfnManagedLoginBranding, OAuthScope, UserPoolClient, type UserPool } from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { NodeFunction } from './node-function.ts';

interface WebConsoleProps {
  stage: Stage;
  bundles: string;
  userPool: UserPool;
  /** Without a slash at the end. */
  signInUrl: string;
  /** Where the API is, and the console with it. */
  url: string;
}

/** The web console: the app client that people sign in through, and the function that serves the console's files. */
export class WebConsole extends Construct {
  readonly client: UserPoolClient;
  readonly handler: NodeFunction;

  constructor(scope: Construct, id: string, { stage, bundles, userPool, signInUrl, url }: WebConsoleProps) {
    super(scope, id);
    const origins = [url, ...stage.consoleOrigins];
    this.client = new UserPoolClient(this, 'Client', {
      userPool,
      preventUserExistenceErrors: true,
      authFlows: { userPassword: stage.passwordSignIn, userSrp: true },
      // A page keeps no secret: the code is bound to the browser that asked for it (PKCE) instead.
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: origins.map((origin) => `${origin}/console/signed-in`),
        logoutUrls: origins.map((origin) => `${origin}/`),
      },
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
    });
    // Managed login shows no page to a client without a style of its own.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: userPool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    // It reads files only: no table, no mail, no user directory.
    this.handler = new NodeFunction(this, 'Function', {
      bundles,
      entry: 'console',
      timeout: Duration.seconds(10),
      environment: {
        USER_POOL_ISSUER: userPool.userPoolProviderUrl,
        APP_CLIENT_ID: this.client.userPoolClientId,
        SIGN_IN_URL: signInUrl,
      },
    });
  }
}
