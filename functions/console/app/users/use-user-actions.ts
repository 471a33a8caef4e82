import { isOrganizationManager } from '../../../../shared/roles/role.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useRights } from '../rights/use-rights.ts';
import { removalTexts as texts } from './removal-texts.ts';
import type { User } from './user.ts';

/** What can be done to a user: why not, where it cannot. */
export const useUserActions = ({ id, roles }: Pick<User, 'id' | 'roles'>) => {
  const { me, whyNot } = useRights();
  const lastManager = useLastManager(isOrganizationManager(roles));
  const self = me?.id === id;
  const removal = self ? 'leave_organization' : 'remove_users';
  const lastOne = lastManager === id ? texts.lastManager : undefined;
  return {
    /** It is the signed-in person: deleting is leaving. */
    self,
    whyNotChangeRoles: whyNot('change_roles'),
    whyNotDelete: whyNot(removal) ?? lastOne,
    whyNotRestore: whyNot('remove_users'),
  };
};

/** The only organization manager, if there is only one. The API decides: this is to say it before. */
const useLastManager = (enabled: boolean): string | undefined => {
  const { params } = useOrganization();
  const call = { params, query: { role: 'organization_manager', limit: 2 } } as const;
  const { data } = useRead('listUsers', call, { enabled });
  return data?.nextCursor === undefined && data?.items.length === 1 ? data.items[0]?.id : undefined;
};
