import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { LoadError, Loading } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { OwnedAssets } from './owned-assets.tsx';
import { PendingInvites } from './pending-invites.tsx';
import { removalTexts as texts } from './removal-texts.ts';
import { SuccessorField } from './successor-field.tsx';
import { useLeaverAssets } from './use-leaver-assets.ts';
import { useRemovalDraft } from './use-removal-draft.ts';
import { useRemoveUser } from './use-remove-user.ts';
import type { User } from './user.ts';

interface DeleteUserModalProps {
  /** The signed-in person can also be given. They then leave the organization. */
  user: User;
  /** Called with the deleted user, or with an empty list if the dialog was cancelled. */
  onClose: (deleted: User[]) => void;
}

/** Shows the assets that are handed over and asks for the successor. */
export const DeleteUserModal = ({ user, onClose }: DeleteUserModalProps) => {
  const self = useRights().me?.id === user.id;
  const { data: assets, error: unread, refetch } = useLeaverAssets([user]);
  const { draft, successor, setSuccessor, pendingInvites, setPendingInvites } = useRemovalDraft([user]);
  const [tried, setTried] = useState(false);
  const { remove, reload, error, busy } = useRemoveUser(user, self);

  const problem = placeProblem(error, ['?successorId']);
  const submit = async () => {
    setTried(true);
    if (!successor || !(await remove({ successorId: successor.id, pendingInvites }))) return;
    draft.sent();
    onClose([user]);
  };

  return (
    <FormModal
      header={self ? texts.leave : texts.deleteOf(user.name)}
      submit={self ? texts.leave : texts.delete}
      onSubmit={submit}
      onClose={() => onClose([])}
      busy={busy}
      disabled={!assets}
      size="large"
      draft={draft}
    >
      <ProblemAlert error={error} placed={problem} reload={() => Promise.all([reload(), refetch()])} />
      <Box>{self ? texts.leaveText : texts.deleteText(user.name)}</Box>
      <SuccessorField
        leaverIds={[user.id]}
        assets={assets}
        value={successor}
        onChange={setSuccessor}
        error={successor ? problem.at('?successorId') : tried ? texts.chooseSuccessorFirst : undefined}
      />
      <SpaceBetween size="xs">
        <Box variant="h3">{self ? texts.youOwn : texts.owns}</Box>
        {assets ? <OwnedAssets assets={assets} /> : unread ? <LoadError error={unread} retry={refetch} /> : <Loading />}
      </SpaceBetween>
      {assets && assets.pendingInvites.count > 0 && (
        <PendingInvites
          label={texts.invites(assets.pendingInvites.count)}
          description={self ? texts.invitesOfYours : texts.invitesText(user.name)}
          self={self}
          value={pendingInvites}
          onChange={setPendingInvites}
        />
      )}
    </FormModal>
  );
};
