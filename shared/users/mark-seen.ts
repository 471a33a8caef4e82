import type { Member } from '../actor.ts';
import type { Services } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { dayOf } from '../time.ts';

/** Stores the day on which a user was last seen, once a day. Changes nothing if the user has just been removed. */
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
    // The guard on the membership also proves that the user is active, because a removal erases the membership in the same transaction.
    update(keys.user(organization.id, userId), change),
  ]);
};
