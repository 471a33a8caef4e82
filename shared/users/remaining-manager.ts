import type { Member } from '../actor.ts';
import { managersLookedUpMax, pageItemsMax } from '../limits.ts';
import type { Directory } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { isOrganizationManager, type StoredAssignment } from '../roles/role.ts';
import { equal } from '../table/condition.ts';
import { idOfSortKey, keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, type Write } from '../table/write.ts';
import { findUsers } from './find-users.ts';
import { accountStateOf, isActive, type User } from './user.ts';

interface Places {
  table: Table;
  directory: Directory;
}

/** Whether the person of a user can sign in, according to the directory. One call to it. */
export const canSignIn = async (
  { directory }: Pick<Places, 'directory'>,
  { personId }: Pick<User, 'personId'>,
): Promise<boolean> => (await directory.findByPersonId(personId))?.enabled === true;

/**
 * Requires that an organization manager who can sign in remains if a user has only the roles `after`. Returns the conditions that
 * this manager still remains when the change is written. The acting manager is looked up first, so there is usually one call to the
 * directory; there are at most `managersLookedUpMax`. `successor` has been looked up already, and the change is conditional on its
 * record.
 */
export const requireRemainingManager = async (
  places: Places,
  actor: Member,
  leaver: User,
  after: readonly StoredAssignment[],
  successor?: User,
): Promise<Result<Write<'retry'>[]>> => {
  if (!isOrganizationManager(leaver.assignments) || isOrganizationManager(after)) return ok([]);
  if (actor.organization.managerCount <= 1) return fail('last_organization_manager');
  if (successor && isOrganizationManager(successor.assignments)) return ok([]);
  // The write of an acting manager is conditional on their right, so they need no further condition.
  const actorRemains = !actor.serviceAccount && actor.userId !== leaver.id && isOrganizationManager(actor.assignments);
  if (actorRemains && (await canSignIn(places, actor))) return ok([]);
  const lookUpsLeft = managersLookedUpMax - (actorRemains ? 1 : 0);
  const managers = await findManagers(places.table, actor.organization.id);
  const others = managers.filter(({ id }) => id !== actor.userId && id !== leaver.id);
  for (const manager of others.slice(0, lookUpsLeft))
    if (await canSignIn(places, manager))
      return ok([
        check(keys.user(actor.organization.id, manager.id), guard(equal('version', manager.version), 'retry')),
      ]);
  return fail(
    'no_manager_can_sign_in',
    'The accounts of the other organization managers are disabled or were deleted. Make somebody who can sign in an organization manager first.',
  );
};

/**
 * The organization managers on the first page of the list by role, with those who can probably sign in first. At most 2 requests.
 */
export const findManagers = async (table: Table, organizationId: string): Promise<User[]> => {
  const page = await table.query({ pk: partitions.role(organizationId, 'organization_manager'), limit: pageItemsMax });
  const ids = page.items.map(({ sk }) => idOfSortKey(sk));
  return [...(await findUsers(table, organizationId, ids)).values()]
    .filter((user) => isActive(user) && isOrganizationManager(user.assignments))
    .toSorted((a, b) => rank(b) - rank(a) || (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''));
};

const rank = (user: User): number => Number(accountStateOf(user) === 'active');
