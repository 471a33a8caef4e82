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
  /** The names of the machines. Renaming one creates a new machine, with another client id and another secret. */
  names: string[];
}

/** The app clients of the platform's services that call the API themselves. They allow only `client_credentials`. */
export class Machines extends Construct {
  /** The client ids by the names of the machines. */
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
          // Explicit, because Cognito lets people sign in through a client without this setting.
          authFlows: { userPassword: false },
          accessTokenValidity: Duration.minutes(machineTokenMinutes),
        });
        return [name, client.userPoolClientId];
      }),
    );
  }
}
