import { indexAttributes, keys, userByTime } from '../table/keys.ts';
import { absent, equal } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { isPerson } from './find-users.ts';
import { parseUser } from './user.ts';

/**
 * Adds users who were last changed by an earlier version of Roster to the lists by time, by their current status. If a user is
 * removed or restored at the same time, that change adds them. One request per 100 users, and one update per user who was not in
 * the right list.
 */
export const enterTimeLists = async (
  table: Table,
  organizationId: string,
  userIds: readonly string[],
): Promise<void> => {
  const items = await table.batchGet(userIds.map((id) => keys.user(organizationId, id)));
  for (const item of items) {
    if (!item || !isPerson(item)) continue;
    const user = parseUser(item);
    const wanted = userByTime(organizationId, user);
    if (indexAttributes('gsi1').every((attribute) => item[attribute] === wanted[attribute])) continue;
    const unchanged = user.removedAt === undefined ? absent('removedAt') : equal('removedAt', user.removedAt);
    await table.update(update(keys.user(organizationId, user.id), { set: wanted }, guard(unchanged, 'changed')));
  }
};
