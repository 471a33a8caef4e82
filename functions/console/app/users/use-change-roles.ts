import { useState } from 'react';
import type { RoleAssignment } from '../../../../shared/roles/role.ts';
import { callApi } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useFlash } from '../shell/flash.tsx';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

const changes = ['listUsers', 'getUser', 'getMyUser', 'listPoolUsers', 'listOrganizations'] as const;

/** Gives the same roles to users, one after the other. Those that succeeded are not asked for again on another try. */
export const useChangeRoles = (users: User[]) => {
  const { params } = useOrganization();
  const flash = useFlash();
  const change = useChange('changeRoles', { changes: [...changes] });
  const [left, setLeft] = useState(users);

  const save = async (roles: RoleAssignment[]): Promise<boolean> => {
    let waiting = left;
    try {
      for (const { id: userId, version } of left) {
        await change.mutateAsync({
          call: { params: { ...params, userId }, body: { roles } },
          options: { ifMatch: `"${version}"` },
        });
        waiting = waiting.filter(({ id }) => id !== userId);
      }
    } catch {
      return false;
    } finally {
      setLeft(waiting);
    }
    const [first] = users;
    flash.success(
      users.length === 1 && first ? texts.rolesChanged(first.name) : texts.rolesChangedOfMany(users.length),
    );
    return true;
  };

  return {
    save,
    error: change.error,
    busy: change.isPending,
    /** After a 412: what is left, as it is now. */
    reload: async () => {
      setLeft(await Promise.all(left.map(({ id: userId }) => callApi('getUser', { params: { ...params, userId } }))));
      change.reset();
    },
  };
};
