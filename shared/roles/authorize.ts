import { reachOf, type Action, type Reach } from './matrix.ts';
import { isKnownAssignment, poolOf, roles, type Role, type RoleAssignment, type StoredAssignment } from './role.ts';

/** What an action is done to. Nothing named: the organization itself. */
export interface Target {
  /** Pool ids from the root down to the pool that the action touches. */
  poolPath?: readonly string[];
  /** Whether the asker owns the thing. */
  own?: boolean;
}

export type Decision =
  { allowed: true; through: RoleAssignment } | { allowed: false; needs: { role: Role; reach: Reach }[] };

/** Every user has at least a Member's reading rights. */
export const implied: RoleAssignment = { role: 'member' };

/** The assignments that can allow something. */
export const effective = (assignments: readonly StoredAssignment[]): RoleAssignment[] => [
  ...assignments.filter(isKnownAssignment),
  implied,
];

/** May somebody with these assignments do this to that? Roles add up; the first assignment that allows it is named. */
export const authorize = (assignments: readonly StoredAssignment[], action: Action, target: Target = {}): Decision => {
  const through = effective(assignments).find((assignment) => allows(assignment, action, target));
  return through
    ? { allowed: true, through }
    : {
        allowed: false,
        needs: roles.flatMap((role) => {
          const reach = reachOf(action, role);
          return reach ? [{ role, reach }] : [];
        }),
      };
};

/** Whether there is anything in the organization that these assignments allow the action on. */
export const couldEver = (assignments: readonly StoredAssignment[], action: Action): boolean =>
  effective(assignments).some(({ role }) => reachOf(action, role) !== undefined);

const allows = (assignment: RoleAssignment, action: Action, { poolPath = [], own = false }: Target): boolean => {
  const reach = reachOf(action, assignment.role);
  if (reach === undefined) return false;
  if (reach === 'anywhere') return true;
  const depth = poolPath.indexOf(poolOf(assignment) ?? poolPath[0] ?? '');
  if (depth < 0) return false;
  if (reach === 'below') return depth < poolPath.length - 1;
  return reach === 'scope' || own;
};

/** The roles that the matrix gives a right to the action, whatever its reach. */
export const rolesWith = (action: Action): Role[] => roles.filter((role) => reachOf(action, role) !== undefined);
