import { useState } from 'react';
import { useLocation } from 'wouter';
import { callApi, type ValueOf } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useFlash } from '../shell/flash.tsx';
import { handedOver } from './handed-over.ts';
import { removalTexts as texts } from './removal-texts.ts';
import { useRestoreUsers } from './use-restore-users.ts';
import type { PendingInvitesChoice } from './pending-invites.tsx';
import type { User } from './user.ts';

interface RemovalChoice {
  successorId: string;
  pendingInvites: PendingInvitesChoice;
}

/** Deletes a user and offers to undo it. `self`: the signed-in person leaves the organization, and the console leaves its pages. */
export const useRemoveUser = (user: User, self: boolean) => {
  const { params } = useOrganization();
  const [, navigate] = useLocation();
  const flash = useFlash();
  const { restore } = useRestoreUsers();
  const removal = useChange('removeUser', { changes: handedOver });
  const leaving = useChange('leaveOrganization', { changes: ['listOrganizations'] });
  const [version, setVersion] = useState(user.version);
  const { id, name } = user;
  const notice = `removal ${id}`;

  const request = (query: RemovalChoice): Promise<ValueOf<'removeUser'>> => {
    const options = { ifMatch: `"${version}"` };
    return self
      ? leaving.mutateAsync({ call: { params, query }, options })
      : removal.mutateAsync({ call: { params: { ...params, userId: id }, query }, options });
  };

  /** Resolves to false if the API refused. The reason is in `error`. */
  const remove = async (choice: RemovalChoice): Promise<boolean> => {
    try {
      const { successor, serviceAccounts } = await request(choice);
      if (self) {
        flash.success([texts.left(successor.name), ...stillBound(undefined, serviceAccounts)].join(' '));
        navigate('/');
      } else
        flash.show(notice, {
          type: 'success',
          content: [texts.deleted(name, successor.name), ...stillBound(name, serviceAccounts)].join(' '),
          buttonText: texts.undo,
          onButtonClick: () => restore([user], notice),
        });
      return true;
    } catch {
      return false;
    }
  };

  const { error, isPending, reset } = self ? leaving : removal;
  return {
    remove,
    error,
    busy: isPending,
    /** After a 412 response, reads the current version, so that the next attempt applies to it. */
    reload: async () => {
      setVersion((await callApi('getUser', { params: { ...params, userId: id } })).version);
      reset();
    },
  };
};

const stillBound = (name: string | undefined, accounts: { name: string }[]): string[] =>
  accounts.length === 0
    ? []
    : [
        texts.stillBound(
          name,
          accounts.map((account) => account.name),
        ),
      ];
