import { isOrganizationManager } from '../../../../shared/roles/role.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useRights } from '../rights/use-rights.ts';
import { removalTexts as texts } from './removal-texts.ts';
import type { User } from './user.ts';

/** The reasons why the signed-in person cannot do something to a user. A reason is undefined if they can. */
export const useUserActions = ({ id, roles }: Pick<User, 'id' | 'roles'>) => {
  const { me, whyNot } = useRights();
  const lastManager = useLastManager(isOrganizationManager(roles));
  const removal = me?.id === id ? 'leave_organization' : 'remove_users';
  const lastOne = lastManager === id ? texts.lastManager : undefined;
  return {
    whyNotChangeRoles: whyNot('change_roles'),
    whyNotDelete: whyNot(removal) ?? lastOne,
    whyNotRestore: whyNot('remove_users'),
  };
};

/** The id of the organization manager if there is only one. The API would refuse the deletion. This is to say so in advance. */
const useLastManager = (enabled: boolean): string | undefined => {
  const { params } = useOrganization();
  const call = { params, query: { role: 'organization_manager', limit: 2 } } as const;
  const { data } = useRead('listUsers', call, { enabled });
  return data?.nextCursor === undefined && data?.items.length === 1 ? data.items[0]?.id : undefined;
};
