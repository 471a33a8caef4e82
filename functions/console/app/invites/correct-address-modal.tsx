import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import type { Invite } from './invite.ts';
import { ModalButtons } from './modal-buttons.tsx';
import { invitationsTexts as texts } from './texts.ts';
import { useUpdateInvite } from './use-update-invite.ts';

interface CorrectAddressModalProps {
  invite: Invite;
  onClose: () => void;
}

export const CorrectAddressModal = ({ invite, onClose }: CorrectAddressModalProps) => {
  const [email, setEmail] = useState(invite.email);
  const { save, reload, error, busy } = useUpdateInvite(invite);
  const problem = placeProblem(error, ['/email']);
  const unchanged = email.trim() === '' || email.trim() === invite.email;
  const submit = async () => {
    if (unchanged) return;
    if (await save({ email }, (changed) => texts.corrected(changed.email))) onClose();
  };
  return (
    <Modal
      visible
      header={texts.correctOf(invite.email)}
      onDismiss={onClose}
      footer={
        <ModalButtons
          text={texts.saveAndSend}
          busy={busy}
          disabled={unchanged}
          onDo={() => void submit()}
          onClose={onClose}
        />
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SpaceBetween size="m">
          <ProblemAlert error={error} placed={problem} reload={reload} />
          <FormField
            label={texts.columns.email}
            description={texts.correctText}
            errorText={problem.at('/email')}
            stretch
          >
            <Input type="email" inputMode="email" value={email} onChange={({ detail }) => setEmail(detail.value)} />
          </FormField>
        </SpaceBetween>
      </form>
    </Modal>
  );
};
