import Box from '@cloudscape-design/components/box';
import { roleDefinitions } from '../../../../shared/roles/role.ts';
import { roleExplanations } from '../rights/texts.ts';
import type { MyInvite } from './my-invite.ts';

/** The roles that an invite gives, each in a line. */
export const InviteRoles = ({ roles }: Pick<MyInvite, 'roles'>) => (
  <div>
    {roles.map(({ role, poolName }) => (
      <div key={`${role} ${poolName}`}>
        <Box variant="span" fontWeight="bold">
          {roleDefinitions[role].name}
          {poolName !== undefined && ` · ${poolName}`}
        </Box>
        {`: ${roleExplanations[role]}`}
      </div>
    ))}
  </div>
);
