import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';

/**
 * Adds the verified address of a person to the access token, because Cognito adds it only to the ID token. Cognito runs this before
 * it issues tokens, at each sign-in and each refresh, so a change of the address reaches the API with the next token.
 */
export const handler = async (event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> => {
  const { email, email_verified: verified } = event.request.userAttributes;
  const claims = email !== undefined && verified === 'true' ? { claimsToAddOrOverride: { email } } : {};
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: claims } } };
};
