import type { Member, Token } from '../actor.ts';
import type { Services } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { dueNow, keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import type { Membership } from './user.ts';

/**
 * Compares the stored state of a person's account in a membership with the person's token, without any request. `closed`: the
 * account was found to be disabled or missing after the token was issued. `outdated`: the account must be looked up in the
 * directory, because the token has another address, or shows that the person can sign in again. Each token causes at most one
 * look-up.
 */
export const callerAccount = (
  { account, email, accountAskedBy }: Pick<Membership, 'account' | 'email' | 'accountAskedBy'>,
  token: Token | undefined,
): 'current' | 'outdated' | 'closed' => {
  if (account && !(token && isSince(token.issuedAt, account.since))) return 'closed';
  const differs = account !== undefined || (token?.email !== undefined && token.email !== email);
  return differs && token && token.id !== accountAskedBy ? 'outdated' : 'current';
};

/** Whether an instant in whole seconds may be at or after another, because the fraction of its second is unknown. */
const isSince = (issuedAt: string, since: string): boolean =>
  issuedAt.slice(0, wholeSeconds) >= since.slice(0, wholeSeconds);

/** The length of an instant without its fraction of a second: `2026-11-23T12:00:00`. */
const wholeSeconds = 19;

/**
 * Schedules a look-up of the caller's account. Uses two parallel updates and no transaction: if only one of them succeeds, the
 * account is looked up once more, or when the person gets the next token.
 */
export const askAccountCheck = async (
  { table, clock }: Pick<Services, 'table' | 'clock'>,
  { organization, personId, userId }: Member,
  token: Token,
): Promise<void> => {
  const now = clock.now();
  await Promise.all([
    table.update(
      update(
        keys.membership(organization.id, personId),
        { set: { accountAskedBy: token.id } },
        guard(equal('userId', userId), 'removed'),
      ),
    ),
    table.update(update(keys.user(organization.id, userId), { set: { accountAskedAt: now, ...dueNow(now) } })),
  ]);
};
