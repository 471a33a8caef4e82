import Box from '@cloudscape-design/components/box';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { GroupedRoles, ungroupedRolesMax } from './grouped-roles.tsx';
import { PageLink } from './page-link.tsx';
import type { ShownRole } from './role-chips.tsx';

/** All roles of a person, with links to the pools they are held on. */
export const RoleList = ({ roles }: { roles: readonly ShownRole[] }) => {
  if (roles.length > ungroupedRolesMax)
    return (
      <GroupedRoles assignments={roles}>
        {(group) => (
          <ul className="columns">
            {group.map(({ assignment: { role, poolId }, label, place }) => (
              <li key={`${role} ${poolId}`}>
                {poolId === undefined ? label : <PageLink to={`/pools/${poolId}`}>{label}</PageLink>}
                {place !== '' && (
                  <Box variant="small" display="block">
                    {place}
                  </Box>
                )}
              </li>
            ))}
          </ul>
        )}
      </GroupedRoles>
    );
  return (
    <ul className="columns">
      {roles.map(({ role, poolId, poolName }) => (
        <li key={`${role} ${poolId}`}>
          {roleName(role)}
          {poolId !== undefined && (
            <>
              {' · '}
              <PageLink to={`/pools/${poolId}`}>{poolName ?? poolId}</PageLink>
            </>
          )}
        </li>
      ))}
    </ul>
  );
};
