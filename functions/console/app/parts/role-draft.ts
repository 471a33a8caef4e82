import { isKnown, type OpenEnum } from '../../../../shared/open-enum.ts';
import { poolRoles, roles, type Role, type RoleAssignment } from '../../../../shared/roles/role.ts';
import { objectOf, optionalShape, textShape } from './draft-shape.ts';
import { partTexts as texts } from './texts.ts';

/** A role assignment that a person is still editing. */
export interface RoleDraft {
  role?: OpenEnum<Role> | undefined;
  poolId?: string | undefined;
}

export const roleDraftShape = objectOf<RoleDraft>({ role: optionalShape(textShape), poolId: optionalShape(textShape) });

export const needsPool = (role: RoleDraft['role']): boolean => role !== undefined && isKnown(poolRoles, role);

/** Errors in the drafts: missing fields and unknown roles, with the JSON Pointers that the API would use: `/roles/0/poolId`. */
export const missingIn = (drafts: RoleDraft[]): { pointer: string; detail: string }[] =>
  drafts.flatMap(({ role, poolId }, index) => {
    if (role === undefined) return [{ pointer: `/roles/${index}/role`, detail: texts.chooseRoleFirst }];
    if (!isKnown(roles, role)) return [{ pointer: `/roles/${index}/role`, detail: texts.unknownRole }];
    return needsPool(role) && poolId === undefined
      ? [{ pointer: `/roles/${index}/poolId`, detail: texts.choosePoolFirst }]
      : [];
  });

/** Converts complete drafts to the role assignments of a request. Roles that this version does not know are left out. */
export const toAssignments = (drafts: RoleDraft[]): RoleAssignment[] =>
  drafts
    .filter(({ role }) => role !== undefined && isKnown(roles, role))
    .map(({ role, poolId }) => (needsPool(role) ? { role, poolId } : { role }) as RoleAssignment);
