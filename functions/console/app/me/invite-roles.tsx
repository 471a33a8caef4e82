import Box from '@cloudscape-design/components/box';
import { entryOf } from '../../../../shared/open-enum.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { roleExplanations } from '../rights/texts.ts';
import type { MyInvite } from './my-invite.ts';

/** The roles that an invitation gives, one per line. */
export const InviteRoles = ({ roles }: Pick<MyInvite, 'roles'>) => (
  <div>
    {roles.map(({ role, poolName }) => {
      const explanation = entryOf(roleExplanations, role);
      return (
        <div key={`${role} ${poolName}`}>
          <Box variant="span" fontWeight="bold">
            {roleName(role)}
            {poolName !== undefined && ` · ${poolName}`}
          </Box>
          {explanation !== undefined && `: ${explanation}`}
        </div>
      );
    })}
  </div>
);
