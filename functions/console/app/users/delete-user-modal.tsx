import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { LoadError, Loading } from '../parts/states.tsx';
import { UserSelect } from '../parts/user-select.tsx';
import { useRights } from '../rights/use-rights.ts';
import { cannotChange } from './cannot-change.ts';
import { OwnedAssets } from './owned-assets.tsx';
import { PendingInvites, safestChoice } from './pending-invites.tsx';
import { removalTexts as texts } from './removal-texts.ts';
import { useRemoveUser } from './use-remove-user.ts';
import type { User } from './user.ts';

interface DeleteUserModalProps {
  /** Oneself: to leave. */
  user: User;
  onClose: () => void;
}

/** Shows what is handed over, and asks to whom. */
export const DeleteUserModal = ({ user, onClose }: DeleteUserModalProps) => {
  const { params } = useOrganization();
  const self = useRights().me?.id === user.id;
  const { tree } = usePools();
  const { data: assets, error: unread, refetch } = useRead('getUserAssets', { params: { ...params, userId: user.id } });
  const [successor, setSuccessor] = useState<User>();
  const [pendingInvites, setPendingInvites] = useState(safestChoice);
  const [tried, setTried] = useState(false);
  const { remove, reload, error, busy } = useRemoveUser(user, self);

  const problem = placeProblem(error, ['?successorId']);
  const remark = (candidate: User) =>
    candidate.account === 'active' ? assets && cannotChange(candidate, assets, tree) : texts.cannotSucceed;
  const submit = async () => {
    setTried(true);
    if (successor && (await remove({ successorId: successor.id, pendingInvites }))) onClose();
  };

  return (
    <FormModal
      header={self ? texts.leave : texts.deleteOf(user.name)}
      submit={self ? texts.leave : texts.delete}
      onSubmit={submit}
      onClose={onClose}
      busy={busy}
      disabled={!assets}
      size="large"
    >
      <ProblemAlert error={error} placed={problem} reload={() => Promise.all([reload(), refetch()])} />
      <Box>{self ? texts.leaveText : texts.deleteText(user.name)}</Box>
      <FormField
        label={texts.successor}
        description={texts.successorText}
        errorText={successor ? problem.at('?successorId') : tried && texts.chooseSuccessorFirst}
        warningText={successor && remark(successor)}
        stretch
      >
        <UserSelect
          value={successor}
          onChange={setSuccessor}
          except={user.id}
          remark={remark}
          placeholder={texts.chooseSuccessor}
        />
      </FormField>
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
