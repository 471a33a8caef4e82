import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef } from 'react';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { BulkNames } from '../parts/bulk-names.tsx';
import { LoadError, Loading } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { boundTexts } from './bound-texts.ts';
import { handedOver } from './handed-over.ts';
import { OwnedAssets } from './owned-assets.tsx';
import { PendingInvites } from './pending-invites.tsx';
import { RemovalForecast } from './removal-forecast.tsx';
import { removalTexts as texts } from './removal-texts.ts';
import { removeUsers, type Removed } from './remove-users.ts';
import { SuccessorField } from './successor-field.tsx';
import { useLeaverAssets } from './use-leaver-assets.ts';
import { useRemovalDraft } from './use-removal-draft.ts';
import { useRestoreUsers } from './use-restore-users.ts';
import type { User } from './user.ts';

interface DeleteUsersModalProps {
  /** At least two users. The signed-in person is skipped, because leaving has its own dialog. */
  users: User[];
  /** Called with the deleted users. */
  onClose: (deleted: User[]) => void;
}

/** Deletes several users, whose assets all go to one successor. */
export const DeleteUsersModal = ({ users, onClose }: DeleteUsersModalProps) => {
  const { params } = useOrganization();
  const { me } = useRights();
  const leavers = users.filter(({ id }) => id !== me?.id);
  const { data: assets, error, refetch } = useLeaverAssets(leavers);
  const { restore } = useRestoreUsers();
  const { draft, successor, setSuccessor, pendingInvites, setPendingInvites } = useRemovalDraft(leavers);
  const removed = useRef<Removed[]>([]);
  const choice = successor && { successorId: successor.id, pendingInvites };

  return (
    <BulkModal
      items={leavers}
      words={{
        nameOf: ({ name }) => name,
        done: (deleted) =>
          [texts.deletedMany(deleted.length, successor?.name ?? ''), ...boundTexts(removed.current)].join(' '),
      }}
      header={({ length }) => texts.deleteMany(length)}
      submit={texts.delete}
      request={choice && removeUsers(params, choice, (results) => removed.current.push(...results))}
      changes={handedOver}
      size="large"
      draft={draft}
      notice={(deleted, id) =>
        deleted.length === 0 ? {} : { buttonText: texts.undo, onButtonClick: () => restore(deleted, id) }
      }
      onClose={(deleted) => {
        if (deleted.length > 0) draft.sent();
        onClose(deleted);
      }}
    >
      {({ tried, left, failures }) => (
        <SpaceBetween size="m">
          <BulkNames names={left.map(({ name }) => name)} />
          <Box>{texts.deleteManyText}</Box>
          {leavers.length < users.length && <Alert type="info">{texts.notYourself}</Alert>}
          <SuccessorField
            leaverIds={leavers.map(({ id }) => id)}
            assets={assets}
            value={successor}
            onChange={setSuccessor}
            error={tried && !successor ? texts.chooseSuccessorFirst : undefined}
          />
          {successor && failures.length === 0 && <RemovalForecast leavers={left} successorId={successor.id} />}
          <SpaceBetween size="xs">
            <Box variant="h3">{texts.owns}</Box>
            {assets ? (
              <OwnedAssets assets={assets} />
            ) : error ? (
              <LoadError error={error} retry={refetch} />
            ) : (
              <Loading />
            )}
          </SpaceBetween>
          {assets && assets.pendingInvites.count > 0 && (
            <PendingInvites
              label={texts.invites(assets.pendingInvites.count)}
              description={texts.invitesOfLeavers}
              self={false}
              value={pendingInvites}
              onChange={setPendingInvites}
            />
          )}
        </SpaceBetween>
      )}
    </BulkModal>
  );
};
