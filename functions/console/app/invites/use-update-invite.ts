import { callApi, type CallOf } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Draft } from '../parts/use-draft.ts';
import { useFlash } from '../shell/flash.tsx';
import type { Invite } from './invite.ts';

/** Changes one invite, unless somebody else has changed it since it was read. */
export const useUpdateInvite = <T>(invite: Invite, draft: Draft<T>) => {
  const { params } = useOrganization();
  const flash = useFlash();
  const call = { params: { ...params, inviteId: invite.id } };
  const update = useChange('updateInvite', { changes: ['listInvites'] });
  return {
    /** Resolves to whether the API accepted the change. `notice` returns the text of the success notice. */
    save: (body: CallOf<'updateInvite'>['body'], notice: (changed: Invite) => string): Promise<boolean> =>
      draft.send(
        update
          .mutateAsync({ call: { ...call, body }, options: { ifMatch: `"${draft.version}"` } })
          .then((changed) => flash.success(notice(changed))),
      ),
    error: update.error,
    busy: update.isPending,
    /** After a 412 response, reads the current version, so that the next save replaces it. */
    reload: async () => {
      const now = await callApi('getInvite', call);
      draft.rebase(now.version);
      update.reset();
    },
  };
};
