import { useState } from 'react';
import { ProblemError } from '../data/problem-error.ts';
import { listOf } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { missingIn, roleDraftShape, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { shellTexts } from '../shell/texts.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';
import { useUpdateInvite } from './use-update-invite.ts';

interface EditRolesModalProps {
  invite: Invite;
  onClose: () => void;
}

export const EditRolesModal = ({ invite, onClose }: EditRolesModalProps) => {
  const draft = useDraft<RoleDraft[]>({
    name: 'edit-invite-roles',
    of: invite.id,
    version: invite.version,
    initial: invite.roles.map(({ role, poolId }) => ({ role, poolId })),
    shape: listOf(roleDraftShape),
  });
  const drafts = draft.value;
  const [tried, setTried] = useState(false);
  const { save, reload, error, busy } = useUpdateInvite(invite, draft);
  const missing = missingIn(drafts);
  const refused = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  const submit = async () => {
    setTried(true);
    if (missing.length > 0) return;
    if (await save({ roles: toAssignments(drafts) }, ({ email }) => texts.rolesChanged(email))) onClose();
  };
  return (
    <FormModal
      header={texts.editRolesOf(invite.email)}
      submit={shellTexts.save}
      onSubmit={submit}
      onClose={onClose}
      busy={busy}
      draft={draft}
      disabled={drafts.length === 0}
      size="large"
    >
      <ProblemAlert error={error} placed={placeProblem(error, ['/roles'])} reload={reload} />
      <RoleEditor value={drafts} onChange={draft.set} errors={[...(tried ? missing : []), ...refused]} />
    </FormModal>
  );
};
