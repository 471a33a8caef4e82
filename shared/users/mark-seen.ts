import type { Member } from '../actor.ts';
import type { Services } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { dayOf } from '../time.ts';
import { findUser } from './find-users.ts';
import { rowSeen } from './user-row.ts';

/**
 * Stores the day on which a member was last seen, once a day: in the membership, the record and the row. These are three updates
 * at the same time rather than a transaction, because the day may differ for a moment. None creates an item of a user who has
 * just been removed.
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
    serviceAccount ? undefined : table.update(rowSeen(organization.id, { id: userId, name }, today)),
  ]);
  if (!inRow || inRow.ok) return;
  // The user was renamed or removed after the membership was read.
  const user = await findUser(table, organization.id, userId);
  if (user) await table.update(rowSeen(organization.id, user, today));
};
