import { notDue, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, erase, guard, update, type Key } from '../table/write.ts';
import { equal } from '../table/condition.ts';
import { passInvite } from '../invites/work-on-invite.ts';
import type { WorkServices } from '../ports.ts';
import { userEntries } from '../users/user-entries.ts';
import { isActive, parseUser, type User } from '../users/user.ts';

const pageSize = 100;

/**
 * What a removal or a demotion leaves to do, none of which anybody can see: list entries of who is gone, open sessions,
 * and pending invites that are still written down under who handed them over.
 */
export const followUp = async (services: WorkServices, organizationId: string, key: Key): Promise<void> => {
  const table = services.tenantTable(organizationId);
  const item = await table.get(key);
  if (!item) return;
  const user = parseUser(item);
  const unchanged = guard(equal('version', user.version), 'changed');
  if (!isActive(user)) {
    const cleared = await table.transact([
      check(key, unchanged),
      ...userEntries(organizationId, user).map((entry) => erase(entry)),
    ]);
    if (!cleared.ok) return;
    await signOutWhenLast(services, user);
  }
  await passInvites(services, table, organizationId, user);
  await table.transact([update(key, { remove: notDue }, unchanged)]);
};

const passInvites = async (services: WorkServices, table: Table, organizationId: string, user: User): Promise<void> => {
  let after: string | undefined;
  do {
    const page = await table.query({
      index: 'gsi3',
      pk: partitions.invitesByInviter(organizationId, user.id),
      limit: pageSize,
      ...(after !== undefined && { after }),
    });
    for (const { sk } of page.items) await passInvite(services, organizationId, sk);
    after = page.next;
  } while (after !== undefined);
};

/** Ends the sessions of who belongs to no organization any more; others keep theirs, without rights here. */
const signOutWhenLast = async ({ personTable, directory }: WorkServices, { personId }: User): Promise<void> => {
  const page = await personTable(personId).query({
    pk: partitions.person(personId),
    prefix: 'organization#',
    limit: 1,
  });
  if (page.items.length === 0) await directory.signOut(personId);
};
