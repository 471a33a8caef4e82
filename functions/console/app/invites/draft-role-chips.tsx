import { usePools } from '../organization/use-pools.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import type { RoleDraft } from '../parts/role-draft.ts';

/** Shows role assignments of the form. Assignments without a role are left out. */
export const DraftRoleChips = ({ roles }: { roles: RoleDraft[] }) => {
  const { tree } = usePools();
  return (
    <RoleChips
      roles={roles.flatMap(({ role, poolId }) =>
        role ? [{ role, poolId, poolName: poolId && tree.get(poolId)?.name }] : [],
      )}
    />
  );
};
