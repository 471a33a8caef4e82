import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { addressFree } from '../invites/address.ts';
import { decideOutcomes } from '../invites/decide-outcomes.ts';
import { queueNotice } from '../mail/notice.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { equal } from '../table/condition.ts';
import { dueNow, keys, partitions } from '../table/keys.ts';
import { guard, put, update } from '../table/write.ts';
import { findUser } from '../users/find-users.ts';
import { membershipWrites } from '../users/join.ts';
import { managerCountChange } from '../users/manager-count.ts';
import type { userRoutes } from '../users/user-routes.ts';
import { userView } from '../users/user-view.ts';
import { isActive, type User } from '../users/user.ts';

type RestoreUser = typeof userRoutes.restoreUser;

export const restoreUser: Operation<RestoreUser> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

/**
 * The reverse of a removal: the successor's holdings lose the user's. What was assigned to somebody since has another holder,
 * so what comes back is exactly the rest. One transaction of at most 14 items and the user's list entries.
 */
const attempt = async (
  services: Services,
  actor: Member,
  { params, ifMatch }: Input<RestoreUser>,
): Promise<Result<Output<RestoreUser>, Failure | 'again'>> => {
  const { table, tenantTable, clock, ids, poolTree } = services;
  const { organization } = actor;
  const gone = await findUser(table, organization.id, params.userId);
  if (!gone) return fail('user_not_found');
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  if (isActive(gone)) return ok(userView(gone, tree));
  if (ifMatch !== undefined && ifMatch !== gone.version) return fail('stale_version');
  const successor = await findUser(table, organization.id, gone.successorId ?? '');
  if (!successor || !isActive(successor))
    return fail('successor_removed', 'Restore the successor first: what this user had was handed on with them.');
  const now = clock.now();
  const [address] = await decideOutcomes(table, organization.id, [{ email: gone.email, outcome: 'created' }], { now });
  if (address?.outcome === 'already_member') return fail('already_member', 'The address has joined again.');
  if (address?.outcome === 'already_invited')
    return fail('address_taken', 'The address was invited anew: revoke the invite first.');

  const back = restored(gone);
  const given = new Set(gone.holdings);
  const result = await tenantTable(organization.id, partitions.person(gone.personId)).transact([
    update(
      keys.user(organization.id, gone.id),
      {
        set: { status: 'active', ...dueNow(now) },
        remove: ['successorId', 'heirId', 'removedAt', 'removedBy'],
        add: { version: 1 },
      },
      guard(equal('version', gone.version), 'again' as const),
    ),
    update(
      keys.user(organization.id, successor.id),
      {
        set: {
          holdings: successor.holdings.filter((id) => !given.has(id)),
          takenOver: successor.takenOver.filter(({ id }) => id !== gone.id),
        },
        add: { version: 1 },
      },
      guard(equal('version', successor.version), 'again' as const),
      guard(equal('status', 'active'), 'again' as const),
    ),
    ...membershipWrites(organization.id, back),
    put(
      { ...keys.address(organization.id, gone.email), state: 'member', userId: gone.id },
      guard(addressFree(now, ...(address?.replaces === undefined ? [] : [address.replaces])), 'again' as const),
    ),
    ...managerCountChange(organization.id, [], gone.assignments),
    stillOrganizationManager(actor),
    auditBy(services, actor, now, 'user_restored', [gone.id, successor.id]),
    queueNotice(
      organization.id,
      {
        id: ids.next('mail'),
        kind: 'restored',
        to: gone.email,
        facts: { organization: organization.name, actor: actor.name },
      },
      now,
    ),
    queueNotice(
      organization.id,
      {
        id: ids.next('mail'),
        kind: 'assets_given_back',
        to: successor.email,
        facts: { organization: organization.name, restored: gone.name },
      },
      now,
    ),
  ]);
  return written(result, userView(back, tree));
};

const restored = ({ successorId: _s, heirId: _h, removedAt: _a, removedBy: _b, ...user }: User): User => ({
  ...user,
  status: 'active',
  version: user.version + 1,
});
