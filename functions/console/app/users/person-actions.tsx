import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { unless } from '../parts/unless.ts';
import { useOpenDialog } from '../parts/use-open-dialog.ts';
import { useUser } from '../parts/use-user.ts';
import { ChangeRolesModal } from './change-roles-modal.tsx';
import { DeleteUserModal } from './delete-user-modal.tsx';
import { removalTexts as texts } from './removal-texts.ts';
import { usersTexts } from './texts.ts';
import { useRestoreUsers } from './use-restore-users.ts';
import { useUserActions } from './use-user-actions.ts';
import type { User } from './user.ts';

export const PersonActions = ({ user }: { user: User }) => {
  const [open, setOpen] = useOpenDialog<'roles' | 'delete'>(`user.${user.id}`);
  const { whyNotChangeRoles, whyNotDelete, whyNotRestore } = useUserActions(user);
  const { restore, busy } = useRestoreUsers();
  const successor = useUser(user.successorId);
  const close = () => setOpen(undefined);
  const inTheWay = successor?.status === 'removed' ? texts.restoreFirst(successor.name) : undefined;

  if (user.status === 'removed')
    return (
      <Button loading={busy} {...unless(whyNotRestore ?? inTheWay)} onClick={() => restore([user])}>
        {texts.restore}
      </Button>
    );
  if (user.status !== 'active') return null;
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        <Button {...unless(whyNotChangeRoles)} onClick={() => setOpen('roles')}>
          {usersTexts.changeRoles}
        </Button>
        <Button {...unless(whyNotDelete)} onClick={() => setOpen('delete')}>
          {texts.delete}
        </Button>
      </SpaceBetween>
      {open === 'roles' && <ChangeRolesModal user={user} onClose={close} />}
      {open === 'delete' && <DeleteUserModal user={user} onClose={close} />}
    </>
  );
};
