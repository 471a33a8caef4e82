import Box from '@cloudscape-design/components/box';
import { FormModal } from './form-modal.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { partTexts as texts } from './texts.ts';

interface DeleteModalProps {
  header: string;
  /** What it means. */
  text: string;
  error: unknown;
  busy: boolean;
  onDelete: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is deleted. */
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
