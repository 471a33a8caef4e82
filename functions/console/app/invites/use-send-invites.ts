import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { InviteBody } from './invite-draft.ts';

/** Sends invites. Returns the outcome for each address. */
export const useSendInvites = () => {
  const { params } = useOrganization();
  const { mutateAsync, isPending, error } = useChange('inviteUsers', { changes: ['listInvites'] });
  return {
    busy: isPending,
    error,
    send: async (body: InviteBody) => (await mutateAsync({ call: { params, body } })).results,
  };
};
