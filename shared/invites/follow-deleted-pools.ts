import { followUpPauseSeconds, followUpReserveSeconds, followUpSecondLookSeconds, pageItemsMax } from '../limits.ts';
import { parseOrganization } from '../organizations/organization.ts';
import type { WorkServices } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { due, keys, notDue, partitions } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { after, second } from '../time.ts';
import { findInvites } from './find-invite.ts';
import { remainingRoles } from './invite.ts';
import { storeStatus } from './work-on-invite.ts';

/**
 * Stores on the pending invites of an organization that they need roles, after pools were deleted. Reads every pending invite, 2
 * requests per 100 of them, and writes those that need roles. A run that has no time left goes on where it stopped. The work is
 * repeated once, because the index lags behind the table.
 */
export const followDeletedPools = async (services: WorkServices, organizationId: string): Promise<void> => {
  const { clock, poolTree, timeLeft } = services;
  const table = services.tenantTable(organizationId);
  const [item, organizationItem] = await table.batchGet([
    keys.deletedPools(organizationId),
    keys.organization(organizationId),
  ]);
  if (typeof item?.dueAt !== 'string') return;
  const tree = await poolTree(table, organizationId, parseOrganization(organizationItem).treeVersion);
  const again = (seconds: number) => due(after(clock.now(), seconds * second));
  const unchanged = guard(equal('dueAt', item.dueAt), 'changed');
  let position = typeof item.position === 'string' ? item.position : undefined;
  do {
    if (timeLeft() < followUpReserveSeconds * second) {
      const rest = { ...again(followUpPauseSeconds), ...(position !== undefined && { position }) };
      await table.transact([update(item, { set: rest, remove: ['wake'] }, unchanged)]);
      return;
    }
    const page = await table.query({
      index: 'gsi1',
      pk: partitions.invitesByStatus(organizationId, 'pending'),
      limit: pageItemsMax,
      ...(position !== undefined && { after: position }),
    });
    const invites = await findInvites(
      table,
      organizationId,
      page.items.map(({ sk }) => sk),
    );
    for (const invite of invites)
      if (remainingRoles(invite, tree).length === 0) await storeStatus(services, organizationId, invite.id);
    position = page.next;
  } while (position !== undefined);
  const lookedTwice =
    Date.parse(clock.now()) - Date.parse(String(item.deletedAt)) >= followUpSecondLookSeconds * second;
  await table.transact([
    update(
      item,
      lookedTwice
        ? { remove: [...notDue, 'position'] }
        : { set: again(followUpSecondLookSeconds), remove: ['wake', 'position'] },
      unchanged,
    ),
  ]);
};
