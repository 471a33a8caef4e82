import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { unless } from '../parts/unless.ts';
import { useRights } from '../rights/use-rights.ts';
import type { RolesChange } from './change-roles-of-users.ts';
import { removalTexts } from './removal-texts.ts';
import { usersTexts as texts } from './texts.ts';

type UserBulkAction = RolesChange['action'] | 'delete';

const roleActions = ['add', 'remove', 'replace'] as const;

interface BulkActionsProps {
  /** The number of selected users. */
  count: number;
  onChoose: (action: UserBulkAction) => void;
}

/** The menu of what can be done to all selected users at once. */
export const BulkActions = ({ count, onChoose }: BulkActionsProps) => {
  const { whyNot } = useRights();
  return (
    <ButtonDropdown
      expandToViewport
      {...unless(count === 0 ? texts.selectFirst : undefined)}
      items={[
        ...roleActions.map((id) => ({ id, text: texts.bulkRoles[id].menu, ...unless(whyNot('change_roles')) })),
        { id: 'delete', text: removalTexts.delete, ...unless(whyNot('remove_users')) },
      ]}
      onItemClick={({ detail }) => onChoose(detail.id as UserBulkAction)}
    >
      {texts.columns.actions}
    </ButtonDropdown>
  );
};
