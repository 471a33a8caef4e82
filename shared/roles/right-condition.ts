import type { Member } from '../actor.ts';
import { contains, equal, type Condition } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, guard, type Write } from '../table/write.ts';
import { implied } from './authorize.ts';
import { formatAssignment, type RoleAssignment } from './role.ts';

/** Condition of a privileged write: the actor is still the same member and still holds the assignment that allows it. */
export const stillHolds = (actor: Member, through: RoleAssignment): Write<'forbidden'> =>
  check(
    keys.membership(actor.organization.id, actor.personId),
    guard(equal('userId', actor.userId), 'forbidden'),
    ...heldConditions(through).map((condition) => guard(condition, 'forbidden')),
  );

/** Condition on an item that stores assignments: it still has this one. The right that every user has needs none. */
export const heldConditions = (through: RoleAssignment): Condition[] =>
  through === implied ? [] : [contains('assignments', formatAssignment(through))];

/** Condition of a write that is allowed because the actor owns something: the actor's holdings still include its holder. */
export const stillOwns = (actor: Member, holderId: string): Write<'forbidden'> =>
  check(keys.user(actor.organization.id, actor.userId), guard(contains('holdings', holderId), 'forbidden'));
