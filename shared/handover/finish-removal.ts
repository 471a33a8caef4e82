import { notDue, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, erase, guard, update, type Key } from '../table/write.ts';
import { equal } from '../table/condition.ts';
import { workOnInvite } from '../invites/work-on-invite.ts';
import type { WorkServices } from '../ports.ts';
import { userEntries } from '../users/user-entries.ts';
import { parseUser, type User } from '../users/user.ts';

const pageSize = 100;

/** What a removal leaves to do, none of which anybody can see: list entries, revoked invites, open sessions. */
export const finishRemoval = async (services: WorkServices, organizationId: string, key: Key): Promise<void> => {
  const table = services.tenantTable(organizationId);
  const item = await table.get(key);
  if (!item) return;
  const user = parseUser(item);
  if (user.status !== 'removed') return;
  const unchanged = guard(equal('version', user.version), 'changed');
  const cleared = await table.transact([
    check(key, unchanged),
    ...userEntries(organizationId, user).map((entry) => erase(entry)),
  ]);
  if (!cleared.ok) return;
  if (user.invitesRevokedAt !== undefined) await settleInvites(services, table, organizationId, user);
  await signOutWhenLast(services, user);
  await table.transact([update(key, { remove: notDue }, unchanged)]);
};

const settleInvites = async (
  services: WorkServices,
  table: Table,
  organizationId: string,
  user: User,
): Promise<void> => {
  let after: string | undefined;
  do {
    const page = await table.query({
      index: 'gsi3',
      pk: partitions.invitesByInviter(organizationId, user.id),
      limit: pageSize,
      ...(after !== undefined && { after }),
    });
    for (const { sk } of page.items) await workOnInvite(services, organizationId, sk);
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
