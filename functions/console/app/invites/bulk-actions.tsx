import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { unless } from '../parts/unless.ts';
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

/** The buttons that apply to all selected invites. */
export const BulkActions = ({ selected, resending, onResend, onRevoke }: BulkActionsProps) => {
  const { whyNot } = useRights();
  const disabling = (unsuitable: (invite: Invite) => string | undefined, some: string) => {
    const isAny = selected.some((invite) => unsuitable(invite) !== undefined);
    return { disabled: selected.length === 0, ...unless(whyNot('invite_users') ?? (isAny ? some : undefined)) };
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
