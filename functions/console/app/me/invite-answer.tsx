import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { meTexts as texts } from './texts.ts';

interface InviteAnswerProps {
  organization: string;
  busy: boolean;
  onAccept: () => void;
  onDecline: () => void;
}

export const InviteAnswer = ({ organization, busy, onAccept, onDecline }: InviteAnswerProps) => (
  <SpaceBetween direction="horizontal" size="xs">
    <Button variant="primary" loading={busy} ariaLabel={texts.acceptOf(organization)} onClick={onAccept}>
      {texts.accept}
    </Button>
    <Button ariaLabel={texts.declineOf(organization)} onClick={onDecline}>
      {texts.decline}
    </Button>
  </SpaceBetween>
);
