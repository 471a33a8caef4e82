import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useId, useState, type ReactNode } from 'react';
import { shellTexts } from '../shell/texts.ts';
import { CloseContext } from './check-outcome.tsx';
import { CheckedForm } from './checked-form.tsx';
import { DiscardModal } from './discard-modal.tsx';
import { ModalFooter } from './modal-footer.tsx';
import { RestoredNotice } from './restored-notice.tsx';
import type { Draft } from './use-draft.ts';

export interface FormModalProps {
  header: string;
  /** The text of the submit button. */
  submit: string;
  /** See `CheckedForm`. */
  onSubmit: () => unknown;
  onClose: () => void;
  busy: boolean;
  disabled?: boolean;
  size?: 'medium' | 'large';
  /** The input of the form. Closing the dialog asks for confirmation before the input is discarded, unless it is being sent. */
  draft?: Pick<Draft, 'changed' | 'restoredAt' | 'discard'>;
  children: ReactNode;
}

/** A dialog with a form. */
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
        <ModalFooter>
          <Button variant="link" formAction="none" onClick={leave}>
            {shellTexts.cancel}
          </Button>
          <Button variant="primary" form={form} loading={busy} disabled={disabled ?? false}>
            {submit}
          </Button>
        </ModalFooter>
      }
    >
      <CheckedForm id={form} busy={busy} disabled={disabled ?? false} onSubmit={onSubmit}>
        {draft && <RestoredNotice draft={draft} />}
        <CloseContext value={onClose}>{children}</CloseContext>
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
