import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { unless } from '../parts/unless.ts';
import { removalTexts } from './removal-texts.ts';
import { usersTexts as texts } from './texts.ts';
import { useUserActions } from './use-user-actions.ts';
import type { User } from './user.ts';

interface RowActionsProps {
  user: User;
  onChangeRoles: () => void;
  onDelete: () => void;
}

/** The menu of what can be done to one user. */
export const RowActions = ({ user, onChangeRoles, onDelete }: RowActionsProps) => {
  const { whyNotChangeRoles, whyNotDelete } = useUserActions(user);
  return (
    <ButtonDropdown
      variant="icon"
      expandToViewport
      ariaLabel={texts.rowActions(user.name)}
      items={[
        { id: 'change-roles', text: texts.changeRoles, ...unless(whyNotChangeRoles) },
        { id: 'delete', text: removalTexts.delete, ...unless(whyNotDelete) },
      ]}
      onItemClick={({ detail }) => (detail.id === 'delete' ? onDelete() : onChangeRoles())}
    />
  );
};
