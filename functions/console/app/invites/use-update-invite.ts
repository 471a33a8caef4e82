import { callApi, type CallOf } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Draft } from '../parts/use-draft.ts';
import { useFlash } from '../shell/flash.tsx';
import type { Invite } from './invite.ts';

/** Changes one invite, unless somebody else did since it was read. */
export const useUpdateInvite = <T>(invite: Invite, draft: Draft<T>) => {
  const { params } = useOrganization();
  const flash = useFlash();
  const call = { params: { ...params, inviteId: invite.id } };
  const update = useChange('updateInvite', { changes: ['listInvites'] });
  return {
    /** Whether it was taken; `done` is what the flash says. */
    save: async (body: CallOf<'updateInvite'>['body'], done: (changed: Invite) => string): Promise<boolean> => {
      try {
        const changed = await update.mutateAsync({
          call: { ...call, body },
          options: { ifMatch: `"${draft.version}"` },
        });
        draft.sent();
        flash.success(done(changed));
        return true;
      } catch {
        return false;
      }
    },
    error: update.error,
    busy: update.isPending,
    /** After a 412: as it is now. */
    reload: async () => {
      const now = await callApi('getInvite', call);
      draft.rebase(now.version);
      update.reset();
    },
  };
};
