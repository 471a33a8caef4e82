import {
  CfnManagedLoginBranding,
  ClientAttributes,
  OAuthScope,
  UserPoolClient,
  type UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { accessTokenMinutes, signInDays } from '../../shared/limits.ts';

interface PeopleClientProps {
  userPool: UserPool;
  passwordSignIn: boolean;
  /** Where the console is, without a slash at the end. */
  url: string;
}

/** The app client that people sign in through. */
export class PeopleClient extends UserPoolClient {
  constructor(scope: Construct, id: string, { userPool, passwordSignIn, url }: PeopleClientProps) {
    super(scope, id, {
      userPool,
      preventUserExistenceErrors: true,
      // With `adminUserPassword`, operators sign in as the canary's guest: AdminInitiateAuth requires credentials of the account.
      authFlows: { userPassword: passwordSignIn, userSrp: true, user: true, adminUserPassword: true },
      // A page keeps no secret: the code is bound to the browser that asked for it (PKCE) instead.
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${url}/console/signed-in`],
        logoutUrls: [`${url}/`],
      },
      // The address is what invites are sent to: nobody gives themself another.
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
      accessTokenValidity: Duration.minutes(accessTokenMinutes),
      idTokenValidity: Duration.minutes(accessTokenMinutes),
      refreshTokenValidity: Duration.days(signInDays),
      // Two tabs may renew at the same moment.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
    // Managed login shows no page to a client without a style of its own.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: userPool.userPoolId,
      clientId: this.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }
}
