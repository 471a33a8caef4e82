import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  DescribeUserPoolClientCommand,
  InvalidParameterException,
  InvalidPasswordException,
  ResourceNotFoundException,
  UserNotFoundException,
  UsernameExistsException,
  type AdminGetUserCommandOutput,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { Unavailable } from '../../shared/errors.ts';
import type { Account, Directory } from '../../shared/ports.ts';

/** The Cognito user pool. Users sign in with their email address, and Cognito accepts the `sub` or the address as the username. */
export const cognitoDirectory = (client: CognitoIdentityProviderClient, userPoolId: string): Directory => {
  const find = async (username: string): Promise<Account | undefined> => {
    try {
      const user = await client.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username }));
      return toAccount(user);
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw new Unavailable('The user directory', error);
    }
  };

  return {
    findByEmail: find,
    findByPersonId: find,

    async findMachine(clientId) {
      try {
        const { UserPoolClient: { AllowedOAuthFlows = [], ClientName: name = clientId } = {} } = await client.send(
          new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId }),
        );
        return AllowedOAuthFlows.includes('client_credentials') ? { clientId, name } : undefined;
      } catch (error) {
        // Cognito reports a malformed user name as an invalid parameter.
        if (error instanceof ResourceNotFoundException || error instanceof InvalidParameterException) return undefined;
        throw new Unavailable('The user directory', error);
      }
    },

    async create({ email, name, mark }) {
      try {
        await client.send(
          new AdminCreateUserCommand({
            UserPoolId: userPoolId,
            Username: email,
            MessageAction: 'SUPPRESS',
            TemporaryPassword: unusablePassword(),
            UserAttributes: [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
              { Name: 'name', Value: name },
              { Name: markAttribute, Value: mark },
            ],
          }),
        );
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw new Unavailable('The user directory', error);
      }
      const account = await find(email);
      if (!account) throw new Unavailable('The user directory');
      return account;
    },

    async setPassword(personId, password) {
      try {
        await client.send(
          new AdminSetUserPasswordCommand({
            UserPoolId: userPoolId,
            Username: personId,
            Password: password,
            Permanent: true,
          }),
        );
        return 'set';
      } catch (error) {
        // Cognito reports some passwords, such as those with spaces at either end, as an invalid parameter.
        if (error instanceof InvalidPasswordException || error instanceof InvalidParameterException) return 'refused';
        throw new Unavailable('The user directory', error);
      }
    },

    async rename(personId, name) {
      try {
        await client.send(
          new AdminUpdateUserAttributesCommand({
            UserPoolId: userPoolId,
            Username: personId,
            UserAttributes: [{ Name: 'name', Value: name }],
          }),
        );
      } catch (error) {
        throw new Unavailable('The user directory', error);
      }
    },

    async signOut(personId) {
      try {
        await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: userPoolId, Username: personId }));
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw new Unavailable('The user directory', error);
      }
    },
  };
};

/** A custom attribute that only this application writes. */
const markAttribute = 'custom:mark';

/** A random password that meets every password policy and that nobody knows. */
const unusablePassword = (): string => `Aa1!${randomBytes(32).toString('base64url')}`;

const toAccount = (user: AdminGetUserCommandOutput): Account => {
  const attributes = new Map(user.UserAttributes?.map(({ Name, Value }) => [Name, Value]));
  const name = attributes.get('name');
  const mark = attributes.get(markAttribute);
  return {
    personId: attributes.get('sub') ?? user.Username ?? '',
    email: attributes.get('email') ?? '',
    ...(name && { name }),
    emailVerified: attributes.get('email_verified') === 'true',
    enabled: user.Enabled ?? false,
    temporary: user.UserStatus === 'FORCE_CHANGE_PASSWORD',
    ...(mark && { mark }),
  };
};
