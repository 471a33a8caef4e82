import { covers, reachOf, type Action, type Reach } from './matrix.ts';
import { isKnownAssignment, poolOf, roles, type Role, type RoleAssignment, type StoredAssignment } from './role.ts';

/** The target of an action. An empty target is the organization itself. */
export interface Target {
  /** Pool ids from the root down to the pool that the action touches. */
  poolPath?: readonly string[];
  /** Whether the actor owns the target. */
  own?: boolean;
}

export type Decision =
  { allowed: true; through: RoleAssignment } | { allowed: false; needs: { role: Role; reach: Reach }[] };

/** The assignment that every user has implicitly: at least the reading rights of a Member. */
export const implied: RoleAssignment = { role: 'member' };

/** The assignments that count for a decision: known roles, and the implied one. Unknown roles allow nothing. */
export const effective = (assignments: readonly StoredAssignment[]): RoleAssignment[] => [
  ...assignments.filter(isKnownAssignment),
  implied,
];

/** Decides whether the assignments together allow an action on a target. `through` is the first assignment that allows it. */
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

/** Whether the assignments could allow the action on any target in the organization. */
export const couldEver = (assignments: readonly StoredAssignment[], action: Action): boolean =>
  effective(assignments).some(({ role }) => reachOf(action, role) !== undefined);

const allows = (assignment: RoleAssignment, action: Action, { poolPath = [], own = false }: Target): boolean => {
  const reach = reachOf(action, assignment.role);
  return reach !== undefined && covers(reach, poolOf(assignment) ?? poolPath[0] ?? '', poolPath, own);
};

/** The roles that have a right to the action in the matrix, whatever its reach. */
export const rolesWith = (action: Action): Role[] => roles.filter((role) => reachOf(action, role) !== undefined);
