import { randomBytes } from 'node:crypto';
import type { AppClient } from 'cognito-local/lib/services/appClient.js';
import type { Context } from 'cognito-local/lib/services/context.js';
import type { Services } from 'cognito-local/lib/services/index.js';
import type { Template } from './template.ts';

/** The credentials with which a service of the platform signs in. */
export interface MachineCredentials {
  name: string;
  clientId: string;
  clientSecret: string;
}

export interface AppClients {
  /** The id of the console's app client. */
  clientId: string;
  machines: MachineCredentials[];
}

const consoleId = 'roster-console';

/** Creates or updates the template's app clients in the pool. An existing machine keeps its secret. */
export const placeAppClients = async (
  template: Template,
  { cognito, clock }: Services,
  ctx: Context,
  userPoolId: string,
): Promise<AppClients> => {
  for (const { id, properties } of template.ofType('AWS::Cognito::UserPoolResourceServer'))
    template.place(id, { ref: String(properties.Identifier) });
  const pool = await cognito.getUserPool(ctx, userPoolId);
  const save = async (resourceId: string, client: Partial<AppClient> & Pick<AppClient, 'ClientId' | 'ClientName'>) => {
    const now = clock.get();
    await pool.saveAppClient(ctx, { ...client, UserPoolId: userPoolId, CreationDate: now, LastModifiedDate: now });
    template.place(resourceId, { ref: client.ClientId });
  };

  const machines: MachineCredentials[] = [];
  for (const { id, properties } of template.ofType('AWS::Cognito::UserPoolClient')) {
    const { ClientName: name, AllowedOAuthFlows: flows } = properties as Partial<AppClient>;
    if (name !== undefined && flows?.includes('client_credentials')) {
      // Cognito allows only letters, digits and `_` in a client id.
      const clientId = `machine_${name.replace(/\W/g, '_')}`;
      const known = await cognito.getAppClient(ctx, clientId);
      const clientSecret = known?.ClientSecret ?? randomBytes(32).toString('hex');
      await save(id, { ...properties, ClientId: clientId, ClientName: name, ClientSecret: clientSecret });
      machines.push({ name, clientId, clientSecret });
    } else await save(id, { ...properties, ClientId: consoleId, ClientName: 'Console' });
  }
  return { clientId: consoleId, machines };
};
