import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, type ReactNode } from 'react';
import { shellTexts } from '../shell/texts.ts';

interface FormModalProps {
  header: string;
  /** What the button says that sends the form. */
  submit: string;
  busy: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog; Enter in a field sends it. */
export const FormModal = ({ header, submit, busy, onSubmit, onClose, children }: FormModalProps) => {
  const form = useId();
  return (
    <Modal
      visible
      header={header}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button variant="primary" form={form} formAction="submit" loading={busy}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSubmit();
        }}
      >
        <SpaceBetween size="m">{children}</SpaceBetween>
      </form>
    </Modal>
  );
};
