import { absent, equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { findInvite } from './find-invite.ts';
import { check, guard, put, update, type Write } from '../table/write.ts';

/** Suppresses an address after a bounce or a complaint, so that the organization sends it no more emails. */
export const suppress = (organizationId: string, email: string, reason: string, now: string): Write<'known'> =>
  put({ ...keys.suppression(organizationId, email), reason, at: now }, guard(absent('pk'), 'known'));

/** The condition of sending an email: its address is not suppressed. */
export const notSuppressed = <const F>(organizationId: string, email: string, otherwise: F): Write<F> =>
  check(keys.suppression(organizationId, email), guard(absent('pk'), otherwise));

/**
 * Stores on the invite that holds an address whether the address is suppressed. Part of the transaction that suppresses the
 * address, or that lifts the suppression. Two requests to find the invite.
 */
export const suppressionShown = async (
  table: Table,
  organizationId: string,
  email: string,
  isSuppressed: boolean,
): Promise<Write<'changed'>[]> => {
  const address = await table.get(keys.address(organizationId, email));
  if (address?.state !== 'invited') return [];
  const invite = await findInvite(table, organizationId, String(address.inviteId));
  if (invite?.email !== email) return [];
  const changes = isSuppressed ? { set: { addressSuppressed: true } } : { remove: ['addressSuppressed'] };
  return [update(keys.invite(organizationId, invite.id), changes, guard(equal('email', email), 'changed'))];
};
