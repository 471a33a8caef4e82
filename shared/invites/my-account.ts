import type { Person } from '../actor.ts';
import { normalizeEmail } from './email-address.ts';
import type { Account, Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';

/** The account of the signed-in person, unless it is disabled. Fails for a machine. */
export const myAccount = async (
  { directory }: Pick<Services, 'directory'>,
  { personId }: Person,
): Promise<Result<Account>> => {
  const account = await directory.findByPersonId(personId);
  if (!account) return fail('forbidden', 'This takes a person’s account.');
  return account.enabled ? ok(account) : fail('own_account_disabled');
};

/** The account of the signed-in person, if its email address is verified. Invites are found by that address. */
export const myVerifiedAccount = async (
  services: Pick<Services, 'directory'>,
  actor: Person,
): Promise<Result<Account>> => {
  const account = await myAccount(services, actor);
  if (!account.ok) return account;
  const email = normalizeEmail(account.value.email);
  return account.value.emailVerified && email.ok
    ? ok({ ...account.value, email: email.value })
    : fail('email_unverified');
};
