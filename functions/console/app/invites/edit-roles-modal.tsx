import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ProblemError } from '../data/problem-error.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { missingIn, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { shellTexts } from '../shell/texts.ts';
import type { Invite } from './invite.ts';
import { ModalButtons } from './modal-buttons.tsx';
import { invitationsTexts as texts } from './texts.ts';
import { useUpdateInvite } from './use-update-invite.ts';

interface EditRolesModalProps {
  invite: Invite;
  onClose: () => void;
}

export const EditRolesModal = ({ invite, onClose }: EditRolesModalProps) => {
  const [drafts, setDrafts] = useState<RoleDraft[]>(invite.roles.map(({ role, poolId }) => ({ role, poolId })));
  const [tried, setTried] = useState(false);
  const { save, reload, error, busy } = useUpdateInvite(invite);
  const missing = missingIn(drafts);
  const refused = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  const submit = async () => {
    setTried(true);
    if (missing.length > 0) return;
    if (await save({ roles: toAssignments(drafts) }, ({ email }) => texts.rolesChanged(email))) onClose();
  };
  return (
    <Modal
      visible
      size="large"
      header={texts.editRolesOf(invite.email)}
      onDismiss={onClose}
      footer={
        <ModalButtons
          text={shellTexts.save}
          busy={busy}
          disabled={drafts.length === 0}
          onDo={() => void submit()}
          onClose={onClose}
        />
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert error={error} placed={placeProblem(error, ['/roles'])} reload={reload} />
        <RoleEditor value={drafts} onChange={setDrafts} errors={[...(tried ? missing : []), ...refused]} />
      </SpaceBetween>
    </Modal>
  );
};
