import type { Member } from '../actor.ts';
import type { Services } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { dayOf } from '../time.ts';

/** Stores the day on which a user was last seen, once a day. Somebody who was removed meanwhile is left as they are. */
export const markSeen = async (
  { table, clock }: Pick<Services, 'table' | 'clock'>,
  { organization, personId, userId }: Member,
  lastSeenAt: string | undefined,
): Promise<void> => {
  const today = dayOf(clock.now());
  if (lastSeenAt === today) return;
  const change = { set: { lastSeenAt: today } };
  await table.transact([
    update(keys.membership(organization.id, personId), change, guard(equal('userId', userId), 'removed')),
    // Whoever has this membership is active: a removal erases it in the same transaction.
    update(keys.user(organization.id, userId), change),
  ]);
};
