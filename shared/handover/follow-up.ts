import {
  followUpPauseSeconds,
  followUpReserveSeconds,
  followUpResumptionSeconds,
  followUpSecondLookSeconds,
  pageItemsMax,
} from '../limits.ts';
import { due, notDue, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, erase, guard, update, type Key } from '../table/write.ts';
import { absent, allOf, equal } from '../table/condition.ts';
import { endOtherInvites } from '../invites/end-other-invites.ts';
import { passInvite } from '../invites/work-on-invite.ts';
import { isKnown } from '../open-enum.ts';
import type { WorkServices } from '../ports.ts';
import { after, second } from '../time.ts';
import { enterTimeLists } from '../users/enter-time-lists.ts';
import { rowKey, userEntries } from '../users/user-entries.ts';
import { parseInviter, type Inviter } from '../users/inviter.ts';
import { shortenChains } from './shorten-chains.ts';
import { isActive, parseUser, userStatuses, type User } from '../users/user.ts';

/**
 * Does the work that a join, a removal, a restore or a demotion leaves for later because nobody notices the delay: erases the list
 * entries of a removed user, signs the person out after their last organization, ends the other invites of an active user's
 * address, shortens chains of successors, and stores on pending invites who took them over. Returns `unknown` for a user whose status only a newer version of Roster knows.
 */
export const followUp = async (
  services: WorkServices,
  organizationId: string,
  key: Key,
): Promise<'unknown' | undefined> => {
  const table = services.tenantTable(organizationId);
  const item = await table.get(key);
  if (!item) return undefined;
  const user = parseInviter(item);
  if (!isKnown(userStatuses, user.status)) return 'unknown';
  // A user who has asked for a look-up of the account in the meantime stays due.
  const unchanged = guard(allOf(equal('version', user.version), absent('accountAskedAt')), 'changed');
  const later = (seconds: number) => ({ set: due(after(services.clock.now(), seconds * second)) });
  const begun = await table.transact([
    update(key, { ...later(followUpResumptionSeconds), remove: ['wake'] }, unchanged),
  ]);
  if (!begun.ok) return undefined;
  const followed = item.clientId !== undefined || (await followUpUser(services, organizationId, key, parseUser(item)));
  const rest = followed ? await passInvites(services, table, organizationId, user) : 'unfinished';
  const next = {
    done: { remove: notDue },
    again: later(followUpSecondLookSeconds),
    unfinished: later(followUpPauseSeconds),
  }[rest];
  await table.transact([update(key, next, unchanged)]);
  return undefined;
};

/**
 * Erases the list entries of a removed user, signs the person out if this was their last organization, and shortens the chains
 * of successors that lead through them. Returns whether everything is done.
 */
const followUpUser = async (services: WorkServices, organizationId: string, key: Key, user: User): Promise<boolean> => {
  const table = services.tenantTable(organizationId);
  if (!isActive(user)) {
    await table.transact([
      check(key, guard(equal('version', user.version), 'changed')),
      // The removal has erased the row, except if a previous version of Roster made it.
      ...[rowKey(organizationId, user), ...userEntries(organizationId, user)].map((entry) => erase(entry)),
    ]);
    // The operators may have brought the successor into the lists by time before the successor took over from this user.
    if (user.holdings.length > 1) await enterTimeLists(table, organizationId, user.holdings);
    await signOutWhenLast(services, user);
  } else await endOtherInvites(services, organizationId, user);
  return shortenChains(table, organizationId, user, () => mayGoOn(services));
};

/** Passes on the pending invites that the user was responsible for when it last lost the right to invite. */
const passInvites = async (
  services: WorkServices,
  table: Table,
  organizationId: string,
  user: Inviter,
): Promise<'done' | 'again' | 'unfinished'> => {
  const lost = user.invitesPassed.at(-1)?.at;
  if (lost === undefined) return 'done';
  let position: string | undefined;
  let passedAll = Date.parse(services.clock.now()) - Date.parse(lost) >= followUpSecondLookSeconds * second;
  do {
    const page = await table.query({
      index: 'gsi3',
      pk: partitions.invitesByInviter(organizationId, user.id),
      limit: pageItemsMax,
      ...(position !== undefined && { after: position }),
    });
    for (const { sk } of page.items) {
      if (!mayGoOn(services)) return 'unfinished';
      passedAll = (await passInvite(services, organizationId, sk)) && passedAll;
    }
    position = page.next;
  } while (position !== undefined);
  return passedAll ? 'done' : 'again';
};

/** Whether the run has enough time left to continue a follow-up. */
const mayGoOn = ({ timeLeft }: WorkServices): boolean => timeLeft() >= followUpReserveSeconds * second;

/** Ends the sessions of a person who no longer belongs to any organization. Other people stay signed in, without rights here. */
const signOutWhenLast = async ({ personTable, directory }: WorkServices, { personId }: User): Promise<void> => {
  const page = await personTable(personId).query({
    pk: partitions.person(personId),
    prefix: 'organization#',
    limit: 1,
  });
  if (page.items.length === 0) await directory.signOut(personId);
};
