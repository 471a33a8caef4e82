import Box from '@cloudscape-design/components/box';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import type { Invite } from './invite.ts';
import { ModalButtons } from './modal-buttons.tsx';
import { invitationsTexts as texts, inviteTexts } from './texts.ts';
import { useChangeInvites } from './use-change-invites.tsx';

/** Addresses that a person can take in at a glance. */
const named = 10;

interface RevokeModalProps {
  invites: Invite[];
  onClose: () => void;
}

export const RevokeModal = ({ invites, onClose }: RevokeModalProps) => {
  const { change, busy, error } = useChangeInvites();
  return (
    <Modal
      visible
      header={texts.revokeMany(invites.length)}
      onDismiss={onClose}
      footer={
        <ModalButtons
          text={texts.revoke}
          busy={busy}
          onDo={() => void change('revoke', invites).then(onClose, () => undefined)}
          onClose={onClose}
        />
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert error={error} />
        <div>
          {invites.slice(0, named).map(({ id, email }) => (
            <Box key={id} variant="strong" display="block">
              {email}
            </Box>
          ))}
          {invites.length > named && inviteTexts.more(invites.length - named)}
        </div>
        <Box>{texts.revokeText}</Box>
      </SpaceBetween>
    </Modal>
  );
};
