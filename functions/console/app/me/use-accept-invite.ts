import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useChange } from '../data/use-change.ts';
import { useFlash } from '../shell/flash.tsx';
import { paramsOf, type MyInvite } from './my-invite.ts';
import { meTexts as texts } from './texts.ts';

export const useAcceptInvite = () => {
  const flash = useFlash();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { mutateAsync, error, isPending, variables } = useChange('acceptMyInvite', {
    changes: ['listMyInvites', 'listOrganizations', 'listUsers', 'listInvites'],
  });

  const accept = async (invite: MyInvite): Promise<void> => {
    const { id, name } = invite.organization;
    try {
      await mutateAsync({ call: { params: paramsOf(invite) } });
    } catch {
      // The invitation may have expired or been revoked. It then disappears from the list.
      return queries.invalidateQueries({ queryKey: ['listMyInvites'] });
    }
    flash.show(`joined ${id}`, {
      type: 'success',
      content: texts.accepted(name),
      buttonText: texts.goTo(name),
      onButtonClick: () => {
        flash.dismiss(`joined ${id}`);
        navigate(`/console/${id}/users`);
      },
    });
  };
  return { accept, error, accepting: isPending ? variables.call.params.inviteId : undefined };
};
