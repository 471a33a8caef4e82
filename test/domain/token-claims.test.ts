import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { handler } from '../../functions/events/token-claims.ts';

const event = (userAttributes: Record<string, string>) =>
  ({
    version: '2',
    triggerSource: 'TokenGeneration_RefreshTokens',
    request: { userAttributes, groupConfiguration: {} },
    response: { claimsAndScopeOverrideDetails: null },
  }) as unknown as PreTokenGenerationV2TriggerEvent;

test.each([
  ['a verified address', { sub: 'p', email: 'Ada@example.com', email_verified: 'true' }, { email: 'Ada@example.com' }],
  ['an address that is not verified', { sub: 'p', email: 'ada@example.com', email_verified: 'false' }, undefined],
  ['an address of which that is not known', { sub: 'p', email: 'ada@example.com' }, undefined],
  ['no address', { sub: 'p' }, undefined],
])('with %s', async (_, attributes, claims) => {
  const { request, response } = await handler(event(attributes));
  expect(request.userAttributes).toEqual(attributes);
  const { accessTokenGeneration, ...rest } = response.claimsAndScopeOverrideDetails;
  expect(accessTokenGeneration?.claimsToAddOrOverride).toEqual(claims);
  expect(rest).toEqual({});
});
