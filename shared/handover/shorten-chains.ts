import { findOwners } from '../assets/owner.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, update } from '../table/write.ts';
import type { User } from '../users/user.ts';

/** Items a transaction, beside the condition that the leaver is still as it was. */
const usersPerTransaction = 90;

/**
 * Points all whose assets a leaver had taken over to who owns them now, so that finding the owner costs one request more and
 * not one for each removal. Only a shortcut: the owner's holdings decide. Stops when `mayGoOn` says so; whether it is through.
 */
export const shortenChains = async (
  table: Table,
  organizationId: string,
  leaver: User,
  mayGoOn: () => boolean,
): Promise<boolean> => {
  const earlier = leaver.holdings.filter((id) => id !== leaver.id);
  if (earlier.length === 0) return true;
  const owner = (await findOwners(table, organizationId, [leaver.id]))(leaver.id);
  const unchanged = check(keys.user(organizationId, leaver.id), guard(equal('version', leaver.version), 'changed'));
  for (let start = 0; start < earlier.length; start += usersPerTransaction) {
    if (!mayGoOn()) return false;
    const some = earlier.slice(start, start + usersPerTransaction);
    const written = await table.transact([
      ...some.map((id) => update(keys.user(organizationId, id), { set: { heirId: owner.id } })),
      unchanged,
    ]);
    if (!written.ok) return true;
  }
  return true;
};
