import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

/**
 * Whether Cognito requires a second factor when this account signs in: "The MFA options that are activated for the user"
 * (`UserMFASettingList`). Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 * An account of an external identity provider has none, because its provider decides how people sign in.
 */
export const findSecondFactor =
  (client = new CognitoIdentityProviderClient({})) =>
  async (userPoolId: string, username: string): Promise<boolean> => {
    const { UserMFASettingList: factors = [] } = await client.send(
      new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username }),
    );
    return factors.length > 0;
  };
