import Box from '@cloudscape-design/components/box';
import { FormModal } from './form-modal.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { partTexts as texts } from './texts.ts';

interface DeleteModalProps {
  header: string;
  /** Describes the consequences. */
  text: string;
  error: unknown;
  busy: boolean;
  onDelete: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks for confirmation before an object is deleted. */
export const DeleteModal = ({ header, text, error, busy, onDelete, onClose }: DeleteModalProps) => (
  <FormModal
    header={header}
    submit={texts.delete}
    busy={busy}
    onSubmit={() => onDelete().then(onClose, () => undefined)}
    onClose={onClose}
  >
    <ProblemAlert error={error} />
    <Box>{text}</Box>
  </FormModal>
);
