import { audit, type AuditAction } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { addressFree, endReplaced, findAddressStates, replaceable, type AddressState } from '../invites/address.ts';
import { normalizeEmail } from '../invites/email-address.ts';
import { managersNotifiedMax } from '../limits.ts';
import { queueNotice } from '../mail/notice.ts';
import { allowsAddress } from '../organizations/allowed-domains.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import type { Account, WorkServices } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { committed, retryStale } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { sameValue } from '../same-value.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { erase, guard, put, update, type Write } from '../table/write.ts';
import { changeEntries } from '../users/change-entries.ts';
import { findUser } from '../users/find-users.ts';
import { findManagers } from '../users/remaining-manager.ts';
import { accountStateOf, isActive, type User } from '../users/user.ts';

type CheckServices = Pick<WorkServices, 'tenantTable' | 'poolTree' | 'directory' | 'clock' | 'ids' | 'runId'>;

/**
 * Looks up the account of an active user in the directory and updates the user to match: the state of the account, and its
 * verified address, unless the organization has invited that address or has another user with it. One call to the directory;
 * nothing is written if nothing has changed. Throws if too many changes happen at the same time.
 */
export const checkAccount = async (services: CheckServices, organizationId: string, userId: string): Promise<void> => {
  const checked = await retryStale(services.clock, () => check(services, organizationId, userId));
  if (!checked.ok) throw new Error(`The account of ${userId} was not checked: ${checked.error.code}`);
};

const check = async (
  services: CheckServices,
  organizationId: string,
  userId: string,
): Promise<Result<undefined, Failure | 'retry'>> => {
  const { tenantTable, directory, clock } = services;
  const table = tenantTable(organizationId);
  const user = await findUser(table, organizationId, userId);
  if (!user || !isActive(user)) return ok(undefined);
  const account = await directory.findByPersonId(user.personId);
  const now = clock.now();
  const email = verifiedEmail(account) ?? user.email;
  const place = email === user.email ? undefined : await findPlace(services, table, organizationId, email, now);
  const after = userAfter(user, account, { email, place }, now);
  if (sameValue(user, after)) return updateMembership(table, organizationId, user);
  return store(services, table, organizationId, { user, after, place, now });
};

/** The place of a new address in the organization. */
interface Place {
  organization: Organization;
  address: AddressState | undefined;
  /** Whether the organization allows addresses of its domain. */
  allowed: boolean;
}

const findPlace = async (
  { poolTree }: CheckServices,
  table: Table,
  organizationId: string,
  email: string,
  now: string,
): Promise<Place> => {
  const organization = parseOrganization(await table.get(keys.organization(organizationId)));
  const tree = await poolTree(table, organizationId, organization.treeVersion);
  const address = (await findAddressStates(table, organizationId, [email], { tree, now })).get(email);
  return { organization, address, allowed: allowsAddress(organization, email) };
};

/** The verified address of an account, in its stored form. Undefined if the account has none. */
const verifiedEmail = (account: Account | undefined): string | undefined => {
  const email = normalizeEmail(account?.email ?? '');
  return account?.emailVerified && email.ok ? email.value : undefined;
};

interface FoundAddress {
  email: string;
  /** Undefined if it is the user's own address. */
  place: Place | undefined;
}

/** Whether the user can get the address. */
const isFree = ({ address, allowed }: Place): boolean =>
  allowed && (address?.kind === 'free' || address?.kind === 'dead');

/** Returns the user as it should be stored, given the state and the address of the account. */
const userAfter = (
  { account: before, emailConflict: _conflict, ...user }: User,
  account: Account | undefined,
  { email, place }: FoundAddress,
  now: string,
): User => {
  const state = account ? (account.enabled ? 'active' : 'disabled') : 'missing';
  return {
    ...user,
    ...(state !== 'active' && { account: before?.state === state ? before : { state, since: now } }),
    ...(place && (isFree(place) ? { email } : { emailConflict: email })),
  };
};

/** Stores the address in a membership of an earlier version. */
const updateMembership = async (
  table: Table,
  organizationId: string,
  { id, personId, email }: User,
): Promise<Result<undefined>> => {
  const key = keys.membership(organizationId, personId);
  const membership = await table.get(key);
  if (membership?.email !== email)
    await table.update(update(key, { set: { email } }, guard(equal('userId', id), 'removed')));
  return ok(undefined);
};

interface Checked {
  user: User;
  after: User;
  place: Place | undefined;
  now: string;
}

const store = async (
  { ids, runId }: CheckServices,
  table: Table,
  organizationId: string,
  { user, after, place, now }: Checked,
): Promise<Result<undefined, Failure | 'retry'>> => {
  const changed: User = { ...after, version: user.version + 1 };
  const { email, account, emailConflict } = changed;
  const stored = {
    set: { email, ...(account && { account }), ...(emailConflict && { emailConflict }) },
    remove: [...(account ? [] : ['account']), ...(emailConflict ? [] : ['emailConflict'])],
  };
  const event = (
    action: AuditAction,
    more: { details?: Record<string, unknown>; personal?: Record<string, unknown> },
  ) => audit({ organizationId, id: ids.next('evt'), at: now, action, targets: [changed], requestId: runId, ...more });
  const [old, renewed] = [accountStateOf(user), accountStateOf(changed)];
  const newConflict = emailConflict !== undefined && emailConflict !== user.emailConflict;
  const conflict = place?.allowed === false ? 'address_not_allowed' : 'address_conflict';
  const transaction = await table.transact([
    update(
      keys.user(organizationId, user.id),
      { ...stored, add: { version: 1 } },
      guard(equal('version', user.version), 'retry'),
    ),
    update(keys.membership(organizationId, user.personId), {
      set: { email, ...(account && { account }) },
      remove: account ? [] : ['account'],
    }),
    ...(await changeEntries(table, organizationId, user, changed)),
    ...(old === renewed ? [] : event('user_account_changed', { details: { before: old, after: renewed } })),
    ...(user.emailConflict && !emailConflict && email === user.email ? event('user_address_conflict_ended', {}) : []),
    ...(newConflict ? event('user_address_conflict', { personal: { email: emailConflict } }) : []),
    ...(email === user.email || !place
      ? []
      : [
          treeUnchanged(organizationId, place.organization.treeVersion),
          erase(keys.address(organizationId, user.email)),
          put(
            { ...keys.address(organizationId, email), state: 'member', userId: user.id },
            guard(addressFree(now, ...replaceable(place.address)), 'retry'),
          ),
          ...endReplaced(place.address, 'already_member', now),
          ...event('user_address_changed', { personal: { before: user.email, after: email } }),
        ]),
    ...(await notices(ids, table, organizationId, {
      user,
      changed,
      conflict: newConflict ? conflict : undefined,
      now,
    })),
  ]);
  return committed(transaction, undefined);
};

/** A changed address is notified to both addresses, and an address that the user cannot get to organization managers. */
const notices = async (
  ids: CheckServices['ids'],
  table: Table,
  organizationId: string,
  {
    user,
    changed,
    conflict,
    now,
  }: { user: User; changed: User; conflict: 'address_conflict' | 'address_not_allowed' | undefined; now: string },
): Promise<Write<never>[]> => {
  if (changed.email === user.email && !conflict) return [];
  const organization = parseOrganization(await table.get(keys.organization(organizationId))).name;
  const queue = (
    kind: 'address_changed' | 'address_conflict' | 'address_not_allowed',
    to: { email: string; personId: string },
    after: string,
  ) =>
    queueNotice(
      organizationId,
      {
        id: ids.next('mail'),
        kind,
        to: to.email,
        personId: to.personId,
        facts: { organization, name: user.name, before: user.email, after },
      },
      now,
    );
  if (!conflict) return [user, changed].map((to) => queue('address_changed', to, changed.email));
  const managers = (await findManagers(table, organizationId)).slice(0, managersNotifiedMax);
  return managers.map((manager) => queue(conflict, manager, changed.emailConflict ?? ''));
};
