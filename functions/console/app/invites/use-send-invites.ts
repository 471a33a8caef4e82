import { useRef } from 'react';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { InviteBody } from './invite-draft.ts';

/** Sends invites. The same request tried again keeps its key: nobody is invited twice because an answer was lost. */
export const useSendInvites = () => {
  const { params } = useOrganization();
  const { mutateAsync, isPending, error } = useChange('inviteUsers', { changes: ['listInvites'] });
  const tried = useRef<{ request: string; idempotencyKey: string }>(undefined);
  return {
    busy: isPending,
    error,
    send: async (body: InviteBody) => {
      const request = JSON.stringify(body);
      if (tried.current?.request !== request) tried.current = { request, idempotencyKey: crypto.randomUUID() };
      const { idempotencyKey } = tried.current;
      const { results } = await mutateAsync({ call: { params, body }, options: { idempotencyKey } });
      tried.current = undefined;
      return results;
    },
  };
};
