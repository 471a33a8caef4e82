import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { ProblemError } from '../data/problem-error.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { missingIn, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { usersTexts as texts } from './texts.ts';
import { useChangeRoles } from './use-change-roles.ts';
import type { User } from './user.ts';

interface ChangeRolesModalProps {
  /** One or more: what is chosen replaces the roles of each. */
  users: [User, ...User[]];
  onClose: () => void;
}

export const ChangeRolesModal = ({ users, onClose }: ChangeRolesModalProps) => {
  const [first] = users;
  const one = users.length === 1;
  const [drafts, setDrafts] = useState<RoleDraft[]>(
    one ? first.roles.map(({ role, poolId }) => ({ role, poolId })) : [{}],
  );
  const [tried, setTried] = useState(false);
  const { save, reload, error, busy } = useChangeRoles(users);

  const missing = missingIn(drafts);
  const refused = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  const submit = async () => {
    setTried(true);
    if (missing.length === 0 && (await save(toAssignments(drafts)))) onClose();
  };

  return (
    <FormModal
      header={one ? texts.changeRolesOf(first.name) : texts.changeRolesOfMany(users.length)}
      submit={texts.changeRoles}
      onSubmit={submit}
      onClose={onClose}
      busy={busy}
      disabled={drafts.length === 0}
      size="large"
    >
      <ProblemAlert error={error} placed={placeProblem(error, ['/roles'])} reload={reload} />
      {!one && <Box>{texts.replacesAll}</Box>}
      <RoleEditor value={drafts} onChange={setDrafts} errors={[...(tried ? missing : []), ...refused]} />
    </FormModal>
  );
};
