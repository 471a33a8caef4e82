import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRights } from '../rights/use-rights.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';
import { whyNotResend, whyNotRevoke } from './what-can-be-done.ts';

interface BulkActionsProps {
  selected: Invite[];
  resending: boolean;
  onResend: () => void;
  onRevoke: () => void;
}

/** What can be done to all selected invites at once. */
export const BulkActions = ({ selected, resending, onResend, onRevoke }: BulkActionsProps) => {
  const { ready, may, why } = useRights();
  const disabling = (whyNot: (invite: Invite) => string | undefined, some: string) => {
    const reason = !may('invite_users')
      ? ready && why('invite_users')
      : selected.some((invite) => whyNot(invite) !== undefined) && some;
    if (reason) return { disabled: true, disabledReason: reason };
    return { disabled: selected.length === 0 };
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button loading={resending} onClick={onResend} {...disabling(whyNotResend, texts.someNotResent)}>
        {texts.resend}
      </Button>
      <Button onClick={onRevoke} {...disabling(whyNotRevoke, texts.someNotRevoked)}>
        {texts.revoke}
      </Button>
    </SpaceBetween>
  );
};
