import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useRights } from '../rights/use-rights.ts';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

interface RowActionsProps {
  user: User;
  onChangeRoles: () => void;
}

/** What can be done to one user. */
export const RowActions = ({ user, onChangeRoles }: RowActionsProps) => {
  const { may, why } = useRights();
  const mayChange = may('change_roles');
  return (
    <ButtonDropdown
      variant="icon"
      expandToViewport
      ariaLabel={texts.rowActions(user.name)}
      items={[
        {
          id: 'change-roles',
          text: texts.changeRoles,
          disabled: !mayChange,
          ...(!mayChange && { disabledReason: why('change_roles') }),
        },
      ]}
      onItemClick={onChangeRoles}
    />
  );
};
