import {
  OAuthScope,
  ResourceServerScope,
  UserPoolClient,
  UserPoolResourceServer,
  type UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { machineTokenMinutes } from '../../shared/limits.ts';

interface MachinesProps {
  userPool: UserPool;
  /** One machine each. Its client id is its identity: a name that changes makes another machine, with another secret. */
  names: string[];
}

/** The services of the platform that call the API by themselves: an app client each, for `client_credentials` only. */
export class Machines extends Construct {
  /** By the machine's name. */
  readonly clientIds: Record<string, string>;

  constructor(scope: Construct, id: string, { userPool, names }: MachinesProps) {
    super(scope, id);
    const api = new ResourceServerScope({ scopeName: 'api', scopeDescription: 'Call the API' });
    const server = new UserPoolResourceServer(this, 'Roster', { userPool, identifier: 'roster', scopes: [api] });
    this.clientIds = Object.fromEntries(
      names.map((name) => {
        const client = new UserPoolClient(this, name, {
          userPool,
          userPoolClientName: name,
          generateSecret: true,
          oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, api)] },
          // Said, since Cognito lets people sign in through a client that says nothing.
          authFlows: { userPassword: false },
          accessTokenValidity: Duration.minutes(machineTokenMinutes),
        });
        return [name, client.userPoolClientId];
      }),
    );
  }
}
