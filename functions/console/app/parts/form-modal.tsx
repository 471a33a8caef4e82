import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, useState, type ReactNode } from 'react';
import { shellTexts } from '../shell/texts.ts';
import { CheckedForm } from './checked-form.tsx';
import { DiscardModal } from './discard-modal.tsx';
import { RestoredNotice } from './restored-notice.tsx';
import type { Draft } from './use-draft.ts';

export interface FormModalProps {
  header: string;
  /** What the button says that sends the form. */
  submit: string;
  /** Also when Enter is pressed in a field. Returns a promise if it sends a request. Throws nothing. */
  onSubmit: () => unknown;
  onClose: () => void;
  busy: boolean;
  disabled?: boolean;
  size?: 'medium' | 'large';
  /** What was entered. The person is asked before it is discarded, but not once it is being sent. */
  draft?: Pick<Draft, 'changed' | 'restoredAt' | 'discard'>;
  children: ReactNode;
}

/** A dialog that is filled in and sent. */
export const FormModal = (props: FormModalProps) => {
  const { header, submit, onSubmit, onClose, busy, disabled, size, draft, children } = props;
  const form = useId();
  const [asking, setAsking] = useState(false);
  const leave = () => (draft?.changed && !busy ? setAsking(true) : onClose());
  return (
    <Modal
      visible
      size={size ?? 'medium'}
      header={header}
      onDismiss={leave}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={leave}>
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
        {draft && <RestoredNotice draft={draft} />}
        {children}
      </CheckedForm>
      {asking && (
        <DiscardModal
          onKeep={() => setAsking(false)}
          onDiscard={() => {
            draft?.discard();
            onClose();
          }}
        />
      )}
    </Modal>
  );
};
