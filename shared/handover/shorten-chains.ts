import { findOwners } from '../assets/owner.ts';
import { shortenedChainsPerTransaction } from '../limits.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, update } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import type { User } from '../users/user.ts';

/**
 * Stores a shortcut to the current owner on everybody from whom a user had taken over: to the successor of that user or, after a
 * restore, to the user. With the shortcut, finding the owner costs one more request instead of one for each removal. It is only a
 * hint, because the owner's holdings decide. Stops when `mayGoOn` returns false. Returns whether it has finished.
 */
export const shortenChains = async (
  table: Table,
  organizationId: string,
  user: User,
  mayGoOn: () => boolean,
): Promise<boolean> => {
  const earlier = user.holdings.filter((id) => id !== user.id);
  if (earlier.length === 0) return true;
  const owner = (await findOwners(table, organizationId, [user.id]))(user.id);
  const astray = [...(await findUsers(table, organizationId, earlier)).values()].filter(
    ({ heirId, successorId }) => (heirId ?? successorId) !== owner.id,
  );
  const unchanged = check(keys.user(organizationId, user.id), guard(equal('version', user.version), 'changed'));
  for (let start = 0; start < astray.length; start += shortenedChainsPerTransaction) {
    if (!mayGoOn()) return false;
    const some = astray.slice(start, start + shortenedChainsPerTransaction);
    const transaction = await table.transact([
      ...some.map(({ id }) => update(keys.user(organizationId, id), { set: { heirId: owner.id } })),
      unchanged,
    ]);
    if (!transaction.ok) return true;
  }
  return true;
};
