import type { Member } from '../actor.ts';
import type { Services } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { dayOf } from '../time.ts';
import { findUser } from './find-users.ts';
import { withCurrentEntries } from './user-entries.ts';
import { rowSeen } from './user-row.ts';

/**
 * Stores the day on which a member was last seen in the membership, the record and the row, once a day. These are three parallel
 * updates and no transaction, because the three items may differ for a moment. If the user has just been removed, no update
 * creates the membership or the row again.
 */
export const markSeen = async (
  { table, clock }: Pick<Services, 'table' | 'clock'>,
  { organization, personId, userId, name, serviceAccount }: Member,
  lastSeenAt: string | undefined,
): Promise<void> => {
  const today = dayOf(clock.now());
  if (lastSeenAt === today) return;
  const change = { set: { lastSeenAt: today } };
  const [, , inRow] = await Promise.all([
    table.update(update(keys.membership(organization.id, personId), change, guard(equal('userId', userId), 'removed'))),
    table.update(update(keys.user(organization.id, userId), change)),
    serviceAccount
      ? undefined
      : table.update(rowSeen(organization.id, withCurrentEntries({ id: userId, name }), today)),
  ]);
  if (!inRow || inRow.ok) return;
  // The row was not found: its key is of an earlier version, or the user was renamed or removed after the membership was read.
  const user = await findUser(table, organization.id, userId);
  if (user) await table.update(rowSeen(organization.id, user, today));
};
