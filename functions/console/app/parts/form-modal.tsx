import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, type ReactNode } from 'react';
import { shellTexts } from '../shell/texts.ts';
import { CheckedForm } from './checked-form.tsx';

interface FormModalProps {
  header: string;
  /** What the button says that sends the form. */
  submit: string;
  /** Also when Enter is pressed in a field. Returns a promise if it sends a request. Throws nothing. */
  onSubmit: () => unknown;
  onClose: () => void;
  busy: boolean;
  disabled?: boolean;
  size?: 'medium' | 'large';
  children: ReactNode;
}

/** A dialog that is filled in and sent. */
export const FormModal = ({ header, submit, onSubmit, onClose, busy, disabled, size, children }: FormModalProps) => {
  const form = useId();
  return (
    <Modal
      visible
      size={size ?? 'medium'}
      header={header}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button variant="primary" form={form} loading={busy} disabled={disabled ?? false}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <CheckedForm id={form} busy={busy} disabled={disabled ?? false} onSubmit={onSubmit}>
        {children}
      </CheckedForm>
    </Modal>
  );
};
