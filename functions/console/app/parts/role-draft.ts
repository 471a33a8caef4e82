import { isPoolRole, type Role, type RoleAssignment } from '../../../../shared/roles/role.ts';
import { partTexts as texts } from './texts.ts';

/** A role assignment that a person is still putting together. */
export interface RoleDraft {
  role?: Role | undefined;
  poolId?: string | undefined;
}

export const needsPool = (role: Role | undefined): boolean => role !== undefined && isPoolRole(role);

/** What is missing at each draft, by JSON Pointer as the API would name it: `/roles/0/poolId`. */
export const missingIn = (drafts: RoleDraft[]): { pointer: string; detail: string }[] =>
  drafts.flatMap(({ role, poolId }, index) => {
    if (role === undefined) return [{ pointer: `/roles/${index}/role`, detail: texts.chooseRoleFirst }];
    return needsPool(role) && poolId === undefined
      ? [{ pointer: `/roles/${index}/poolId`, detail: texts.choosePoolFirst }]
      : [];
  });

/** Drafts that lack nothing, as the API takes them. */
export const toAssignments = (drafts: RoleDraft[]): RoleAssignment[] =>
  drafts.map(({ role, poolId }) => (needsPool(role) ? { role, poolId } : { role }) as RoleAssignment);
