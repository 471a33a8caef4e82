import { accountWaitMilliseconds, accountWaitsMax, claimSeconds } from '../limits.ts';
import { queueNotice } from '../mail/notice.ts';
import type { Account, Services } from '../ports.ts';
import { fail, failAt, ok, type Result } from '../result.ts';
import { absent, allOf, equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { guard, update, type Item } from '../table/write.ts';
import { after, second } from '../time.ts';
import { missingFromPassword } from './password-policy.ts';

export interface AccountRequest {
  organization: { id: string; name: string };
  email: string;
  name: string | undefined;
  password: string | undefined;
  /** Identifies this request, because only one request at a time may create the account. */
  claimant: string;
}

type AccountServices = Pick<Services, 'directory' | 'clock' | 'ids' | 'tenantTable'>;

/** The account of an address, and the claim of the request that is creating or has created it. */
interface Known {
  account: Account | undefined;
  claim: Item | undefined;
}

/** Reads the stored claim on the account of an address. One request. */
export const findClaim = (
  { tenantTable }: Pick<Services, 'tenantTable'>,
  organizationId: string,
  email: string,
): Promise<Item | undefined> => tenantTable(organizationId, partitions.account(email)).get(keys.accountClaim(email));

/** An account that Roster created carries the mark of its claim. No other account does. */
const isOurs = ({ account, claim }: Known): boolean => account?.mark !== undefined && account.mark === claim?.mark;

/** Whether accepting an invite has to create the account or finish creating it. Both require a password. */
const isUnmade = (known: Known): boolean => !known.account || (known.account.temporary && isOurs(known));

/** Whether accepting an invite has to create the account of the address. `claim` is the result of `findClaim`. */
export const needsAccount = async (
  { directory }: Pick<Services, 'directory'>,
  email: string,
  claim: Item | undefined,
): Promise<boolean> => isUnmade({ account: await directory.findByEmail(email), claim });

/**
 * Finds the account of an address or creates one. A password is set only under a claim, and only on an account that was
 * created here and has no password yet, so that nobody's credentials are ever changed. A notice informs the address of a new
 * account. `firstClaim` is the result of `findClaim`.
 */
export const findOrMakeAccount = async (
  services: AccountServices,
  request: AccountRequest,
  firstClaim: Item | undefined,
): Promise<Result<Account>> => {
  const { organization, email } = request;
  for (let step = 0; step < accountWaitsMax; step += 1) {
    const claim = step === 0 ? firstClaim : await findClaim(services, organization.id, email);
    const account = await services.directory.findByEmail(email);
    const known = { account, claim };
    if (account && !isUnmade(known)) {
      if (claim?.state === 'making' && isOurs(known)) await finishClaim(services, request, claim);
      return usable(account);
    }
    const made = await makeAccount(services, request, claim);
    if (made.ok || made.error.code !== 'account_in_progress') return made;
    await services.clock.wait(accountWaitMilliseconds);
  }
  return fail('account_in_progress', 'Try again in a moment.', { retryAfter: 2 });
};

const makeAccount = async (
  services: AccountServices,
  request: AccountRequest,
  before: Item | undefined,
): Promise<Result<Account>> => {
  const { directory, clock, tenantTable } = services;
  const { organization, email, password, claimant } = request;
  const table = tenantTable(organization.id, partitions.account(email));
  if (password === undefined)
    return failAt('/password', 'password_required', 'It is missing.', 'Choose a password for the new account.');
  const missing = missingFromPassword(password);
  if (missing.length > 0) return refusePassword(`It is missing ${missing.join(', ')}.`);

  const now = clock.now();
  const stale = after(now, -claimSeconds * second);
  if (before?.state === 'making' && String(before.at) > stale) return fail('account_in_progress');
  // A request that takes over an unfinished claim keeps its mark, because the account may already have been created under it.
  const mark = before && before.state !== 'made' ? String(before.mark) : claimant;
  const making = { state: 'making', claimant, mark, at: now };
  const claim: Item = { ...keys.accountClaim(email), ...making };
  const claimed = await table.transact([
    update(
      claim,
      { set: making },
      guard(
        before ? allOf(equal('claimant', String(before.claimant)), equal('state', String(before.state))) : absent('pk'),
        'account_in_progress',
      ),
    ),
  ]);
  if (!claimed.ok) return fail(claimed.error);
  const release = () =>
    table.transact([update(claim, { set: { state: 'open' } }, guard(equal('claimant', claimant), 'lost'))]);

  const account = await directory.create({ email, name: request.name ?? email, mark });
  if (account.mark !== mark) {
    await release();
    return usable(account);
  }
  if (account.temporary && (await directory.setPassword(account.personId, password)) === 'refused') {
    await release();
    return refusePassword('Choose another password.');
  }
  await finishClaim(services, request, claim);
  return ok({ ...account, temporary: false });
};

/** Stores that the account was created and queues the notice to its address. Its guard lets only one of several requests do so. */
const finishClaim = async (
  { clock, ids, tenantTable }: AccountServices,
  { organization, email }: AccountRequest,
  claim: Item,
): Promise<void> => {
  await tenantTable(organization.id, partitions.account(email)).transact([
    update(
      claim,
      { set: { state: 'made' } },
      guard(allOf(equal('state', 'making'), equal('claimant', String(claim.claimant))), 'finished'),
    ),
    queueNotice(
      organization.id,
      { id: ids.next('mail'), kind: 'account_made', to: email, facts: { organization: organization.name, email } },
      clock.now(),
    ),
  ]);
};

const usable = (account: Account): Result<Account> => {
  if (!account.enabled) return fail('account_disabled');
  if (!account.emailVerified) return fail('account_unverified');
  return ok(account);
};

const refusePassword = (detail: string) => failAt('/password', 'password_refused', detail, detail);
