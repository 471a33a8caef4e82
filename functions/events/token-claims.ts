import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { findSecondFactor } from '../adapters/second-factors.ts';
import { addClaims } from './add-claims.ts';

const hasSecondFactor = findSecondFactor();

/** Adds claims to access tokens. Cognito runs this before it issues tokens, at each sign-in and each refresh. */
export const handler = (event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> =>
  addClaims(hasSecondFactor)(event);
