import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';

/**
 * Puts the verified address of a person into the access token, because Cognito puts it only into the ID token. A change of address
 * so reaches the API with the next token. Cognito runs this before it issues tokens, at each sign-in and each refresh.
 */
export const handler = async (event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> => {
  const { email, email_verified: verified } = event.request.userAttributes;
  const claims = email !== undefined && verified === 'true' ? { claimsToAddOrOverride: { email } } : {};
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: claims } } };
};
