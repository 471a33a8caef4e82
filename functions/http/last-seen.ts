import type { Services } from '../../shared/ports.ts';
import { equal } from '../../shared/table/condition.ts';
import { keys } from '../../shared/table/keys.ts';
import { guard, update } from '../../shared/table/write.ts';

/** Writes down the day a user was seen, once a day. A user removed meanwhile is left as it is. */
export const markSeen = async (
  { table, clock }: Pick<Services, 'table' | 'clock'>,
  organizationId: string,
  seen: { personId: string; userId: string; lastSeenAt: string | undefined },
): Promise<void> => {
  const today = clock.now().slice(0, 10);
  if (seen.lastSeenAt === today) return;
  const change = { set: { lastSeenAt: today } };
  await table.transact([
    update(keys.membership(organizationId, seen.personId), change, guard(equal('userId', seen.userId), 'removed')),
    update(keys.user(organizationId, seen.userId), change, guard(equal('status', 'active'), 'removed')),
  ]);
};
