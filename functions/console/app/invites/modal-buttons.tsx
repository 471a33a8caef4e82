import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { shellTexts } from '../shell/texts.ts';

interface ModalButtonsProps {
  text: string;
  busy: boolean;
  disabled?: boolean;
  onDo: () => void;
  onClose: () => void;
}

/** The footer of a dialog: the way out, and what it is for. */
export const ModalButtons = ({ text, busy, disabled = false, onDo, onClose }: ModalButtonsProps) => (
  <Box float="right">
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" onClick={onClose}>
        {shellTexts.cancel}
      </Button>
      <Button variant="primary" loading={busy} disabled={disabled} onClick={onDo}>
        {text}
      </Button>
    </SpaceBetween>
  </Box>
);
