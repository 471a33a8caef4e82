import { isOrganizationManager, type StoredAssignment } from '../roles/role.ts';
import { above } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update, type Write } from '../table/write.ts';

/** Counts organization managers, in the transaction that makes or unmakes one; the last one cannot go. */
export const managerCountChange = (
  organizationId: string,
  before: readonly StoredAssignment[],
  after: readonly StoredAssignment[],
): Write<'last_organization_manager'>[] => {
  const change = Number(isOrganizationManager(after)) - Number(isOrganizationManager(before));
  if (change === 0) return [];
  return [
    update(
      keys.organization(organizationId),
      { add: { managerCount: change } },
      ...(change < 0 ? [guard(above('managerCount', 1), 'last_organization_manager')] : []),
    ),
  ];
};
