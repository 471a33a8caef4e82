import { audit } from '../audit/audit-event.ts';
import { pageItemsMax } from '../limits.ts';
import type { WorkServices } from '../ports.ts';
import { equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { check, guard } from '../table/write.ts';
import type { User } from '../users/user.ts';
import { endInvite } from './end-invite.ts';
import { findInvites } from './find-invite.ts';
import { namedInvite, type Invite } from './invite.ts';
import { isOpen } from './invite-status.ts';

/**
 * Ends the invites that could otherwise be renewed although their address belongs to a user by now: those that expired, and those
 * whose end is not stored yet. 1 Query, 1 BatchGet and 1 transaction for each.
 */
export const endOtherInvites = async (
  { tenantTable, clock, ids, runId }: WorkServices,
  organizationId: string,
  { id: userId, email }: User,
): Promise<void> => {
  const table = tenantTable(organizationId);
  const page = await table.query({
    index: 'gsi2',
    pk: partitions.invitesByEmail(organizationId),
    prefix: `${email}\t`,
    limit: pageItemsMax,
  });
  const inviteIds = page.items.map(({ sk }) => sk);
  for (const invite of await findInvites(table, organizationId, inviteIds)) {
    if (!isRenewable(invite)) continue;
    await table.transact([
      endInvite(invite, 'already_member', {}),
      check(keys.address(organizationId, email), guard(equal('userId', userId), 'retry')),
      ...audit({
        organizationId,
        id: ids.next('evt'),
        at: clock.now(),
        action: 'invite_already_member',
        targets: [namedInvite(invite)],
        requestId: runId,
      }),
    ]);
  }
};

const isRenewable = ({ status }: Invite): boolean => status === 'expired' || isOpen(status);
