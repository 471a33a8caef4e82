import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { unless } from '../parts/unless.ts';
import { useRights } from '../rights/use-rights.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';
import { whyNotCorrect, whyNotEditRoles, whyNotResend, whyNotRevoke } from './what-can-be-done.ts';

export type InviteAction = 'resend' | 'correct' | 'roles' | 'revoke';

interface InviteActionsProps {
  invite: Invite;
  onDo: (action: InviteAction) => void;
}

/** The menu of actions for one invite. */
export const InviteActions = ({ invite, onDo }: InviteActionsProps) => {
  const { whyNot } = useRights();
  const item = (id: InviteAction, text: string, unsuitable: string | undefined) => ({
    id,
    text,
    ...unless(whyNot('invite_users') ?? unsuitable),
  });
  return (
    <ButtonDropdown
      variant="icon"
      expandToViewport
      ariaLabel={texts.rowActions(invite.email)}
      items={[
        item('resend', texts.resend, whyNotResend(invite)),
        item('correct', texts.correct, whyNotCorrect(invite)),
        item('roles', texts.editRoles, whyNotEditRoles(invite)),
        item('revoke', texts.revoke, whyNotRevoke(invite)),
      ]}
      onItemClick={({ detail }) => onDo(detail.id as InviteAction)}
    />
  );
};
