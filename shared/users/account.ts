import { queueNotice } from '../mail/notice.ts';
import type { Account, Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { absent, allOf, anyOf, below, equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { guard, put, update, type Item } from '../table/write.ts';
import { missingFromPassword } from './password-policy.ts';

/** Seconds after which an unfinished claim is taken over. Longer than an accepting function lives, so its holder is dead. */
const claimSeconds = 15;

/** How long, and how often, a request waits for another that makes the same account. Milliseconds. */
const waitStep = 200;
const waitSteps = 25;

export interface AccountRequest {
  organization: { id: string; name: string };
  email: string;
  name: string | undefined;
  password: string | undefined;
  /** Names this very request: only one at a time may make the account. */
  claimant: string;
}

type AccountServices = Pick<Services, 'directory' | 'clock' | 'ids' | 'tenantTable'>;

/**
 * The account of an address, made if there is none. Only under its own unfinished claim does it set a password, and only on
 * an account that has none yet: nobody's credentials are ever changed. The address is told by mail.
 */
export const findOrMakeAccount = async (
  services: AccountServices,
  request: AccountRequest,
): Promise<Result<Account>> => {
  const table = services.tenantTable(request.organization.id, partitions.account(request.email));
  for (let step = 0; step < waitSteps; step += 1) {
    const account = await services.directory.findByEmail(request.email);
    const claim = await table.get(keys.accountClaim(request.email));
    const making = claim?.state === 'making';
    if (account && !(making && account.temporary)) {
      if (making) await finishClaim(services, request, claim);
      return usable(account);
    }
    const made = await makeAccount(services, request);
    if (made.ok || made.error.code !== 'account_in_progress') return made;
    await services.clock.wait(waitStep);
  }
  return fail('account_in_progress', 'Try again in a moment.', { retryAfter: 2 });
};

const makeAccount = async (services: AccountServices, request: AccountRequest): Promise<Result<Account>> => {
  const { directory, clock, tenantTable } = services;
  const { email, password } = request;
  if (password === undefined)
    return fail('password_required', 'Choose a password for the account that this makes.', {
      errors: [{ pointer: '/password', code: 'password_required', detail: 'It is missing.' }],
    });
  const missing = missingFromPassword(password);
  if (missing.length > 0) return refusePassword(`It lacks ${missing.join(', ')}.`);

  const table = tenantTable(request.organization.id, partitions.account(email));
  const now = clock.now();
  const stale = new Date(Date.parse(now) - claimSeconds * 1000).toISOString();
  const claim: Item = { ...keys.accountClaim(email), state: 'making', claimant: request.claimant, at: now };
  const claimed = await table.transact([
    put(claim, guard(anyOf(absent('pk'), equal('state', 'open'), below('at', stale)), 'account_in_progress' as const)),
  ]);
  if (!claimed.ok) return fail(claimed.error);
  const account = await directory.create({ email, name: request.name ?? email });
  if (!account.temporary) return usable(account);
  if ((await directory.setPassword(account.personId, password)) === 'refused') {
    await table.transact([
      update(claim, { set: { state: 'open' } }, guard(equal('claimant', request.claimant), 'lost')),
    ]);
    return refusePassword('Choose another.');
  }
  await finishClaim(services, request, claim);
  return ok({ ...account, temporary: false });
};

/** Whoever finds the account made writes so down, once, and with it the mail to its address. */
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

const refusePassword = (detail: string) =>
  fail('password_refused', detail, { errors: [{ pointer: '/password', code: 'password_refused', detail }] });
