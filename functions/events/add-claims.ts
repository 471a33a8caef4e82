import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { logger } from '../http/log.ts';

type Event = PreTokenGenerationV2TriggerEvent;

/**
 * Adds to an access token the verified address of the person, because Cognito adds it only to the ID token, and `mfa` if the account
 * has a second factor. A change of either reaches the API with the next token. If the directory cannot say whether there is a second
 * factor, the claim is left out, so that people can still sign in to organizations that require none.
 */
export const addClaims =
  (hasSecondFactor: (userPoolId: string, username: string) => Promise<boolean>) =>
  async (event: Event): Promise<Event> => {
    const { email, email_verified: verified } = event.request.userAttributes;
    const secondFactor = await hasSecondFactor(event.userPoolId, event.userName).catch((error: unknown) => {
      logger.error('The second factor of an account is unknown', { cause: error instanceof Error ? error.name : '' });
      return false;
    });
    const claims = {
      ...(email !== undefined && verified === 'true' && { email }),
      ...(secondFactor && { mfa: 'true' }),
    };
    const accessTokenGeneration = Object.keys(claims).length > 0 ? { claimsToAddOrOverride: claims } : {};
    return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
  };
