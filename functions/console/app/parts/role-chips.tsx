import Badge from '@cloudscape-design/components/badge';
import type { BadgeProps } from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { entryOf, type OpenEnum } from '../../../../shared/open-enum.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import type { Role } from '../../../../shared/roles/role.ts';
import { partTexts as texts } from './texts.ts';

/** Roles shown in a colour of their own. All other roles are shown in grey. */
const colors: Partial<Record<Role, BadgeProps['color']>> = { organization_manager: 'blue', manager: 'green' };

interface RoleChipsProps {
  roles: { role: OpenEnum<Role>; poolId?: string | undefined; poolName?: string | undefined }[];
  /** The number of all roles, if `roles` may be only some of them. */
  count?: number;
}

/** Roles with the pools they are held on. */
export const RoleChips = ({ roles, count = roles.length }: RoleChipsProps) => (
  <SpaceBetween direction="horizontal" size="xxs">
    {roles.map(({ role, poolId, poolName }) => (
      <Badge key={`${role} ${poolId}`} color={entryOf(colors, role) ?? 'grey'}>
        {roleName(role)}
        {poolName !== undefined && ` · ${poolName}`}
      </Badge>
    ))}
    {count > roles.length && <Badge>{texts.moreRoles(count - roles.length)}</Badge>}
  </SpaceBetween>
);
