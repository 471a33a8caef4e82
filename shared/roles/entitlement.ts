import { contains } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, guard, type Write } from '../table/write.ts';
import type { Member } from '../actor.ts';
import { formatAssignment, type RoleAssignment } from './role.ts';

/** Condition of a privileged write: the actor still holds the assignment that allowed it. */
export const stillHolds = (actor: Member, through: RoleAssignment): Write<'forbidden'> =>
  check(
    keys.membership(actor.organization.id, actor.personId),
    guard(contains('assignments', formatAssignment(through)), 'forbidden' as const),
  );

/** Condition of a write that only an organization manager may make. */
export const stillOrganizationManager = (actor: Member): Write<'forbidden'> =>
  stillHolds(actor, { role: 'organization_manager' });
