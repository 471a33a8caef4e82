import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ProblemError } from '../data/problem-error.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { missingIn, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { shellTexts } from '../shell/texts.ts';
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
    <Modal
      visible
      size="large"
      header={one ? texts.changeRolesOf(first.name) : texts.changeRolesOfMany(users.length)}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button variant="primary" loading={busy} disabled={drafts.length === 0} onClick={() => void submit()}>
              {texts.changeRoles}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert error={error} placed={placeProblem(error, ['/roles'])} reload={reload} />
        {!one && <Box>{texts.replacesAll}</Box>}
        <RoleEditor value={drafts} onChange={setDrafts} errors={[...(tried ? missing : []), ...refused]} />
      </SpaceBetween>
    </Modal>
  );
};
