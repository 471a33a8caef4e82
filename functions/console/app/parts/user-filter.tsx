import { UserSelect } from './user-select.tsx';
import { useUser } from './use-user.ts';

interface UserFilterProps {
  /** The id of the chosen user. An address may also name a service account, which is shown by its id. */
  id: string | undefined;
  /** The option that filters by nobody, in these words. */
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
