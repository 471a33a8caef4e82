import {
  AddUserPoolClientSecretCommand,
  CognitoIdentityProviderClient,
  DeleteUserPoolClientSecretCommand,
  ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import type { AwsStage } from '../aws-stage.ts';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';

const machine = z.string();

export const listSecrets = stageCommand({
  does: 'lists the client secrets of a machine, without their values',
  usage: '--machine <name>',
  input: { machine },
  run: async (aws, input) => {
    const secrets = await (await openClient(aws, input.machine)).list();
    const lines = secrets.map(({ id, created }) => `  ${id}, created ${created}`);
    return [`The machine ${input.machine} has ${secrets.length} client secrets:`, ...lines].join('\n');
  },
});

export const addSecret = stageCommand({
  does: 'adds a client secret to a machine and prints it once',
  usage: '--machine <name>',
  input: { machine },
  run: async (aws, input) => {
    const { cognito, client } = await openClient(aws, input.machine);
    const { ClientSecretDescriptor: made } = await cognito.send(new AddUserPoolClientSecretCommand(client));
    if (!made?.ClientSecretValue) throw new NotDone('Cognito returned no secret. Look with “secrets list”.');
    return `The new client secret ${made.ClientSecretId} of ${input.machine} is ${made.ClientSecretValue}`;
  },
});

export const deleteSecret = stageCommand({
  does: 'deletes a client secret of a machine',
  usage: '--machine <name> --secret-id <id>',
  input: { machine, secretId: z.string() },
  run: async (aws, { machine: name, secretId }) => {
    const { cognito, client, list } = await openClient(aws, name);
    await cognito.send(new DeleteUserPoolClientSecretCommand({ ...client, ClientSecretId: secretId }));
    const left = await list();
    if (left.some(({ id }) => id === secretId)) throw new NotDone(`The secret ${secretId} is still there.`);
    return `Deleted the client secret ${secretId} of ${name}. It has ${left.length} more.`;
  },
});

const openClient = async (aws: AwsStage, name: string) => {
  if (!aws.stage.machines.includes(name))
    throw new NotDone(
      `The stage ${aws.stage.name} has no machine “${name}”. Machines: ${aws.stage.machines.join(', ')}.`,
    );
  const cognito = new CognitoIdentityProviderClient(aws.client);
  const client = {
    UserPoolId: await aws.output('Data', 'UserPoolId'),
    // Names of outputs have letters and digits only.
    ClientId: await aws.output('Api', `MachineClientId${name.replaceAll('-', '')}`),
  };
  return {
    cognito,
    client,
    list: async () => {
      const secrets = [];
      let NextToken: string | undefined;
      do {
        const page = await cognito.send(
          new ListUserPoolClientSecretsCommand({ ...client, ...(NextToken !== undefined && { NextToken }) }),
        );
        for (const { ClientSecretId = '', ClientSecretCreateDate } of page.ClientSecrets ?? [])
          secrets.push({ id: ClientSecretId, created: ClientSecretCreateDate?.toISOString() ?? 'at an unknown time' });
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return secrets;
    },
  };
};
