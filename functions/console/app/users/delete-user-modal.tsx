import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { LoadError, Loading } from '../parts/states.tsx';
import { UserSelect } from '../parts/user-select.tsx';
import { useRights } from '../rights/use-rights.ts';
import { shellTexts } from '../shell/texts.ts';
import { cannotChange } from './cannot-change.ts';
import { OwnedAssets } from './owned-assets.tsx';
import { PendingInvites } from './pending-invites.tsx';
import { removalTexts as texts } from './removal-texts.ts';
import { useRemoveUser, type RemovalChoice } from './use-remove-user.ts';
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
  const [pendingInvites, setPendingInvites] = useState<RemovalChoice['pendingInvites']>('keep');
  const [tried, setTried] = useState(false);
  const { remove, reload, error, busy } = useRemoveUser(user, self);

  const problem = placeProblem(error, ['?successorId']);
  const remark = (candidate: User) => assets && cannotChange(candidate, assets, tree);
  const submit = async () => {
    setTried(true);
    if (successor && (await remove({ successorId: successor.id, pendingInvites }))) onClose();
  };

  return (
    <Modal
      visible
      size="large"
      header={self ? texts.leave : texts.deleteOf(user.name)}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button variant="primary" loading={busy} disabled={!assets} onClick={() => void submit()}>
              {self ? texts.leave : texts.delete}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
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
          {assets ? (
            <OwnedAssets assets={assets} />
          ) : unread ? (
            <LoadError error={unread} retry={refetch} />
          ) : (
            <Loading />
          )}
        </SpaceBetween>
        {assets && assets.pendingInvites.count > 0 && (
          <PendingInvites
            count={assets.pendingInvites.count}
            sentBy={self ? undefined : user.name}
            value={pendingInvites}
            onChange={setPendingInvites}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
};
