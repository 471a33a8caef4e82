import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { findUser } from '../users/find-users.ts';
import { isActive } from '../users/user.ts';
import type { Invite } from './invite.ts';
import type { Accepted } from './join-by-invite.ts';

/**
 * The response to accepting an invite that was accepted before: the same as the first time, unless the user that the invite created
 * has been removed since. One request.
 */
export const acceptedBefore = async (
  { table }: Pick<Services, 'table'>,
  { organizationId, email, userId = '' }: Invite,
): Promise<Result<Accepted>> => {
  const user = await findUser(table, organizationId, userId);
  return user && isActive(user)
    ? ok({ organizationId, userId, email })
    : fail('invite_accepted', 'Whoever accepted it is no longer a user of the organization.');
};
