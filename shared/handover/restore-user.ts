import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { addressFree, endReplaced, findAddressStates, replaceable } from '../invites/address.ts';
import { queueNotice } from '../mail/notice.ts';
import { fail, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { equal } from '../table/condition.ts';
import { dueNow, keys, partitions, userByTime } from '../table/keys.ts';
import { erase, guard, put, update } from '../table/write.ts';
import { findNamedUser, findUser, userKeys } from '../users/find-users.ts';
import { membershipWrites, notYetMember } from '../users/join.ts';
import { managerCountChange } from '../users/manager-count.ts';
import { withCurrentEntries } from '../users/user-entries.ts';
import { rowUpdate } from '../users/user-row.ts';
import { userRoutes } from '../users/user-routes.ts';
import { userView } from '../users/user-view.ts';
import { isActive, type User } from '../users/user.ts';

/**
 * Reverses a removal by taking the user's holdings back from the successor. An asset that was assigned to somebody since then
 * has another holder, so exactly the other assets come back. One transaction of at most 19 items plus the user's list entries.
 */
export const restoreUser = operation(
  userRoutes.restoreUser,
  {
    reads: userKeys,
    versioned: async ({ table }, request) => {
      const user = await findNamedUser(table, request);
      return user && !isActive(user) ? user : undefined;
    },
  },
  async ({ table, tenantTable, ids }, request) => {
    const { actor, organization, now, stillAllowed } = request;
    const removed = await findNamedUser(table, request);
    if (!removed) return fail('user_not_found');
    const tree = await request.tree();
    if (isActive(removed)) return ok(userView(removed, tree));
    const [successor, addresses] = await Promise.all([
      findUser(table, organization.id, removed.successorId ?? ''),
      findAddressStates(table, organization.id, [removed.email], { tree, now }),
    ]);
    if (!successor || !isActive(successor))
      return fail(
        'successor_removed',
        'Restore the successor first, because the assets of this user were handed over again with theirs.',
      );
    const address = addresses.get(removed.email);
    if (address?.kind === 'member') return fail('already_member', 'The person has joined again with this address.');
    if (address?.kind === 'blocked') return fail('address_blocked', 'Only its owner can lift the block.');
    if (address?.kind === 'invited')
      return fail('address_taken', 'The address has a newer invitation. Revoke that invitation first.');

    const restored = restoredUser(removed);
    const handedBack = new Set(removed.holdings);
    const kept = {
      holdings: successor.holdings.filter((id) => !handedBack.has(id)),
      takenOver: successor.takenOver.filter(({ id }) => id !== removed.id),
    };
    const transaction = await tenantTable(organization.id, partitions.person(removed.personId)).transact([
      update(
        keys.user(organization.id, removed.id),
        {
          set: withCurrentEntries({ status: 'active', ...userByTime(organization.id, restored), ...dueNow(now) }),
          remove: ['successorId', 'heirId', 'removedAt', 'removedBy'],
          add: { version: 1 },
        },
        guard(equal('version', removed.version), 'retry'),
      ),
      update(
        keys.user(organization.id, successor.id),
        { set: kept, add: { version: 1 } },
        guard(equal('version', successor.version), 'retry'),
      ),
      rowUpdate(organization.id, { ...successor, ...kept, version: successor.version + 1 }),
      ...membershipWrites(organization.id, restored, notYetMember),
      put(
        { ...keys.address(organization.id, removed.email), state: 'member', userId: removed.id },
        guard(addressFree(now, ...replaceable(address)), 'retry'),
      ),
      ...endReplaced(address, 'already_member', now),
      erase(keys.removedUser(organization.id, removed.email)),
      ...managerCountChange(organization.id, [], removed.assignments),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'user_restored', [removed, successor]),
      queueNotice(
        organization.id,
        {
          id: ids.next('mail'),
          kind: 'restored',
          to: removed.email,
          personId: removed.personId,
          facts: { organization: organization.name, actor: actor.name },
          thing: removed.id,
          before: 'removed',
          after: 'active',
        },
        now,
      ),
      queueNotice(
        organization.id,
        {
          id: ids.next('mail'),
          kind: 'assets_given_back',
          to: successor.email,
          personId: successor.personId,
          facts: { organization: organization.name, restored: removed.name },
          thing: removed.id,
          before: 'removed',
          after: 'active',
        },
        now,
      ),
    ]);
    return committed(transaction, userView(restored, tree));
  },
);

const restoredUser = ({ successorId: _s, heirId: _h, removedAt: _a, removedBy: _b, ...user }: User): User => ({
  ...user,
  status: 'active',
  version: user.version + 1,
});
