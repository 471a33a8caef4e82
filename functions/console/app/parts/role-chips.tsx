import Badge from '@cloudscape-design/components/badge';
import type { BadgeProps } from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { entryOf, type OpenEnum } from '../../../../shared/open-enum.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import type { Role } from '../../../../shared/roles/role.ts';
import { shortened } from './shortened.ts';
import { partTexts as texts } from './texts.ts';

/** Roles shown in a colour of their own. All other roles are shown in grey. */
const colors: Partial<Record<Role, BadgeProps['color']>> = { organization_manager: 'blue', manager: 'green' };

/** A row of a list shows all roles up to this number. */
const fewRoles = 2;
/** The maximum length of a pool's name in a row of a list. */
const poolLettersMax = 24;

export interface ShownRole {
  role: OpenEnum<Role>;
  poolId?: string | undefined;
  poolName?: string | undefined;
}

interface RoleChipsProps {
  roles: ShownRole[];
  /** The number of all roles, if `roles` may be only some of them. */
  count?: number;
}

/** Roles with the pools they are held on, for a row of a list. If there are many roles, shows one and the number of the others. */
export const RoleChips = ({ roles, count = roles.length }: RoleChipsProps) => {
  const shown = count > fewRoles ? roles.slice(0, 1) : roles;
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {shown.map((each) => (
        <RoleChip key={`${each.role} ${each.poolId}`} {...each} />
      ))}
      {count > shown.length && <Badge>{texts.moreRoles(count - shown.length)}</Badge>}
    </SpaceBetween>
  );
};

const RoleChip = ({ role, poolName }: ShownRole) => (
  <Badge color={entryOf(colors, role) ?? 'grey'}>
    {roleName(role)}
    {poolName !== undefined && <span title={poolName}>{` · ${shortened(poolName, poolLettersMax)}`}</span>}
  </Badge>
);
