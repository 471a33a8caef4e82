import { writeFile } from 'node:fs/promises';
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  paginateListUsers,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import type { AwsStage } from '../aws-stage.ts';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';

const input = { email: z.email().toLowerCase() };
const usage = '--email <address>';

export const disableAccount = stageCommand({
  does: 'disables a person’s account and signs it out everywhere',
  usage,
  input,
  run: async (aws, { email }) => {
    const { cognito, user, enabled } = await openAccount(aws, email);
    await cognito.send(new AdminDisableUserCommand(user));
    await cognito.send(new AdminUserGlobalSignOutCommand(user));
    if (await enabled()) throw new NotDone(`The account ${email} is still enabled. Repeat the command.`);
    return `Disabled the account ${email} and signed it out. Access tokens in use work until they expire, but not for a removed user.`;
  },
});

export const enableAccount = stageCommand({
  does: 'undoes account disable',
  usage,
  input,
  run: async (aws, { email }) => {
    const { cognito, user, enabled } = await openAccount(aws, email);
    await cognito.send(new AdminEnableUserCommand(user));
    if (!(await enabled())) throw new NotDone(`The account ${email} is still disabled. Repeat the command.`);
    return `Enabled the account ${email}.`;
  },
});

export const deleteAccount = stageCommand({
  does: 'deletes a person’s account, which must be disabled',
  usage,
  input,
  run: async (aws, { email }) => {
    const { cognito, user, enabled } = await openAccount(aws, email);
    if (await enabled()) throw new NotDone(`The account ${email} is enabled. Use “account disable” first.`);
    await cognito.send(new AdminDeleteUserCommand(user));
    return `Deleted the account ${email}.`;
  },
});

export const exportAccounts = stageCommand({
  does: 'writes all accounts to a file as JSON, without passwords',
  usage: '--file <path>',
  input: { file: z.string().min(1) },
  run: async (aws, { file }) => {
    const UserPoolId = await aws.output('Data', 'UserPoolId');
    const accounts: UserType[] = [];
    for await (const { Users = [] } of paginateListUsers(
      { client: new CognitoIdentityProviderClient(aws.client) },
      { UserPoolId },
    ))
      accounts.push(...Users);
    // People’s names and addresses are for the operator only.
    await writeFile(file, JSON.stringify(accounts, undefined, 2), { mode: 0o600 });
    return `Wrote ${accounts.length} accounts to ${file}.`;
  },
});

const openAccount = async (aws: AwsStage, email: string) => {
  const cognito = new CognitoIdentityProviderClient(aws.client);
  const user = { UserPoolId: await aws.output('Data', 'UserPoolId'), Username: email };
  return {
    cognito,
    user,
    enabled: async () => (await cognito.send(new AdminGetUserCommand(user))).Enabled === true,
  };
};
