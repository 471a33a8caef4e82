import Badge from '@cloudscape-design/components/badge';
import type { BadgeProps } from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { entryOf, type OpenEnum } from '../../../../shared/open-enum.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import type { Role } from '../../../../shared/roles/role.ts';

/** Roles shown in a colour of their own. All other roles are shown in grey. */
const colors: Partial<Record<Role, BadgeProps['color']>> = { organization_manager: 'blue', manager: 'green' };

interface RoleChipsProps {
  roles: { role: OpenEnum<Role>; poolId?: string | undefined; poolName?: string | undefined }[];
}

/** Roles with the pools they are held on. */
export const RoleChips = ({ roles }: RoleChipsProps) => (
  <SpaceBetween direction="horizontal" size="xxs">
    {roles.map(({ role, poolId, poolName }) => (
      <Badge key={`${role} ${poolId}`} color={entryOf(colors, role) ?? 'grey'}>
        {roleName(role)}
        {poolName !== undefined && ` · ${poolName}`}
      </Badge>
    ))}
  </SpaceBetween>
);
