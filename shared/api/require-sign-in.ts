import type { Member, Token } from '../actor.ts';
import { fail, ok, type Result } from '../result.ts';
import { after, hour } from '../time.ts';

/**
 * Requires that the caller's sign-in is as new and as strong as the organization demands. Decided from the token alone, without a
 * request. A machine has its own credentials and no sign-in.
 */
export const requireSignIn = (
  { organization, serviceAccount }: Pick<Member, 'organization' | 'serviceAccount'>,
  token: Token | undefined,
  now: string,
): Result<void> => {
  if (serviceAccount) return ok(undefined);
  const { signInHoursMax, requireMfa } = organization;
  if (signInHoursMax !== undefined && !isNewer(token?.signedInAt, after(now, -signInHoursMax * hour)))
    return fail(
      'sign_in_too_old',
      `Sign in again. A sign-in lasts ${signInHoursMax === 1 ? 'an hour' : `${signInHoursMax} hours`} in this organization.`,
    );
  if (requireMfa && !token?.secondFactor)
    return fail('mfa_required', 'Add an authenticator app to your account, then sign in again.');
  return ok(undefined);
};

/** Without a time, the sign-in may be of any age. */
const isNewer = (signedInAt: string | undefined, than: string): boolean =>
  signedInAt !== undefined && signedInAt > than;
