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
  /** The address of the console, without a slash at the end. */
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
      // A page cannot keep a client secret. Instead, PKCE binds the code to the browser that requested it.
      oAuth: {
        flows: { authorizationCodeGrant: true },
        // With COGNITO_ADMIN, people set up an authenticator app for their own account. They still cannot write their address.
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE, OAuthScope.COGNITO_ADMIN],
        callbackUrls: [`${url}/console/signed-in`],
        logoutUrls: [`${url}/`],
      },
      // Nobody can change their own email address, because invites are matched to it.
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
      accessTokenValidity: Duration.minutes(accessTokenMinutes),
      idTokenValidity: Duration.minutes(accessTokenMinutes),
      refreshTokenValidity: Duration.days(signInDays),
      // Two tabs may refresh their tokens at the same moment.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
    // Managed login shows no page for a client without a branding style.
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: userPool.userPoolId,
      clientId: this.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }
}
