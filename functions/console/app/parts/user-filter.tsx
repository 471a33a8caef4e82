import { UserSelect } from './user-select.tsx';
import { useUser } from './use-user.ts';

interface UserFilterProps {
  /** The id of the chosen user. The address may also contain the id of a service account, which is displayed as it is. */
  id: string | undefined;
  /** The text of the option that removes the filter. */
  none: string;
  onChange: (id: string | undefined) => void;
}

/** Filters a list by a user, whose id is in the address of the page. */
export const UserFilter = ({ id, none, onChange }: UserFilterProps) => {
  const user = useUser(isUserId(id) ? id : undefined);
  return (
    <UserSelect
      value={id === undefined ? undefined : { id, name: user?.name ?? id }}
      none={none}
      onChange={(chosen) => onChange(chosen?.id)}
    />
  );
};

export const isUserId = (id: string | undefined): boolean => id?.startsWith('usr_') === true;
