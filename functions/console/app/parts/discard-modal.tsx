import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { partTexts as texts } from './texts.ts';

interface DiscardModalProps {
  onKeep: () => void;
  onDiscard: () => void;
}

/** Asks before a dialog is closed whose input has not been sent. */
export const DiscardModal = ({ onKeep, onDiscard }: DiscardModalProps) => (
  <Modal
    visible
    size="small"
    header={texts.discardQuestion}
    onDismiss={onKeep}
    footer={
      <Box float="right">
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" formAction="none" onClick={onDiscard}>
            {texts.discard}
          </Button>
          <Button variant="primary" formAction="none" onClick={onKeep}>
            {texts.keepEditing}
          </Button>
        </SpaceBetween>
      </Box>
    }
  >
    {texts.discardText}
  </Modal>
);
