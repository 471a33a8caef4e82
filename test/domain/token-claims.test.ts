import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { addClaims } from '../../functions/events/add-claims.ts';

const event = (userAttributes: Record<string, string>) =>
  ({
    version: '2',
    triggerSource: 'TokenGeneration_RefreshTokens',
    request: { userAttributes, groupConfiguration: {} },
    response: { claimsAndScopeOverrideDetails: null },
  }) as unknown as PreTokenGenerationV2TriggerEvent;

const none = async () => false;
const one = async () => true;
const unknown = () => Promise.reject(new Error('the directory does not respond'));
const verified = { sub: 'p', email: 'Ada@example.com', email_verified: 'true' };

test.each([
  ['a verified address', verified, none, { email: 'Ada@example.com' }],
  ['an address that is not verified', { ...verified, email_verified: 'false' }, none, undefined],
  ['an address of which that is not known', { sub: 'p', email: 'ada@example.com' }, none, undefined],
  ['no address', { sub: 'p' }, none, undefined],
  ['a second factor', verified, one, { email: 'Ada@example.com', mfa: 'true' }],
  ['a second factor and no address', { sub: 'p' }, one, { mfa: 'true' }],
  ['a directory that does not respond', verified, unknown, { email: 'Ada@example.com' }],
])('with %s', async (_, attributes, hasSecondFactor, claims) => {
  const { request, response } = await addClaims(hasSecondFactor)(event(attributes));
  expect(request.userAttributes).toEqual(attributes);
  const { accessTokenGeneration, ...rest } = response.claimsAndScopeOverrideDetails;
  expect(accessTokenGeneration?.claimsToAddOrOverride).toEqual(claims);
  expect(rest).toEqual({});
});
