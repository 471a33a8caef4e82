import type { Member } from '../actor.ts';
import { contains, equal, type Condition } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, guard, type Write } from '../table/write.ts';
import { implied } from './authorize.ts';
import { formatAssignment, type RoleAssignment } from './role.ts';

/** Condition for a privileged write: the actor is still the same member and still has the assignment that allows the write. */
export const stillHolds = (actor: Member, through: RoleAssignment): Write<'forbidden'> =>
  check(
    keys.membership(actor.organization.id, actor.personId),
    guard(equal('userId', actor.userId), 'forbidden'),
    ...heldConditions(through).map((condition) => guard(condition, 'forbidden')),
  );

/** Conditions that an item still contains the assignment. The implied assignment is stored nowhere, so it needs no condition. */
const heldConditions = (through: RoleAssignment): Condition[] =>
  through === implied ? [] : [contains('assignments', formatAssignment(through))];

/** Condition for a write that the actor may make as the owner of an asset: the actor's holdings still include its holder. */
export const stillOwns = (actor: Member, holderId: string): Write<'forbidden'> =>
  check(keys.user(actor.organization.id, actor.userId), guard(contains('holdings', holderId), 'forbidden'));
