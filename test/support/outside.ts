/** What somebody does to accounts in the user pool of the stack, outside Roster. */
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { localAws } from '../../infra/local/table.ts';
import type { TestStack } from './stack.ts';

type Whom = { personId: string };

export const outside = (stack: TestStack) => {
  const account = ({ personId }: Whom) => ({ UserPoolId: stack.endpoints.cognito.userPoolId, Username: personId });
  const client = () => new CognitoIdentityProviderClient({ endpoint: stack.endpoints.cognito.endpoint, ...localAws });
  return {
    disable: (whom: Whom) => client().send(new AdminDisableUserCommand(account(whom))),
    enable: (whom: Whom) => client().send(new AdminEnableUserCommand(account(whom))),
    delete: (whom: Whom) => client().send(new AdminDeleteUserCommand(account(whom))),
    /** Changes the address, which counts only once it is verified. */
    changeEmail: (whom: Whom, email: string, verified = true) =>
      client().send(
        new AdminUpdateUserAttributesCommand({
          ...account(whom),
          UserAttributes: [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: String(verified) },
          ],
        }),
      ),
  };
};
