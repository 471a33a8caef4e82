import { isOrganizationManager, type StoredAssignment } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';

/** Counts organization managers, in the transaction that makes or unmakes one. `requireRemainingManager` keeps the last one. */
export const managerCountChange = (
  organizationId: string,
  before: readonly StoredAssignment[],
  after: readonly StoredAssignment[],
): Write<never>[] => {
  const change = Number(isOrganizationManager(after)) - Number(isOrganizationManager(before));
  return change === 0 ? [] : [update(keys.organization(organizationId), { add: { managerCount: change } })];
};
