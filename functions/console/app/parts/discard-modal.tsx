import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { ModalFooter } from './modal-footer.tsx';
import { partTexts as texts } from './texts.ts';

interface DiscardModalProps {
  onKeep: () => void;
  onDiscard: () => void;
}

/** Asks for confirmation before a dialog with unsent input is closed. */
export const DiscardModal = ({ onKeep, onDiscard }: DiscardModalProps) => (
  <Modal
    visible
    size="small"
    header={texts.discardQuestion}
    onDismiss={onKeep}
    footer={
      <ModalFooter>
        <Button variant="link" formAction="none" onClick={onDiscard}>
          {texts.discard}
        </Button>
        <Button variant="primary" formAction="none" onClick={onKeep}>
          {texts.keepEditing}
        </Button>
      </ModalFooter>
    }
  >
    {texts.discardText}
  </Modal>
);
