import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { formatDate, formatDay } from '../parts/format.ts';
import { RoleList } from '../parts/role-list.tsx';
import { UserLink } from '../parts/user-link.tsx';
import { personTexts as texts } from './person-texts.ts';
import { usersTexts } from './texts.ts';
import { UserAddress } from './user-address.tsx';
import { UserStatus } from './user-status.tsx';
import type { User } from './user.ts';

const { columns } = usersTexts;

export const PersonFacts = ({ user }: { user: User }) => {
  const { email, emailConflict, roles, joinedAt, lastSeenAt, invitedBy, removedAt, successor } = user;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: columns.status, value: <UserStatus user={user} /> },
        ...(removedAt === undefined ? [] : [{ label: texts.removedAt, value: formatDay(removedAt) }]),
        ...(successor ? [{ label: texts.successor, value: <UserLink {...successor} /> }] : []),
        ...(email === '' ? [] : [{ label: columns.email, value: <UserAddress user={user} /> }]),
        ...(emailConflict === undefined
          ? []
          : [{ label: texts.emailConflict, value: texts.emailConflictText(emailConflict) }]),
        { label: columns.roles, value: <RoleList roles={roles} /> },
        { label: columns.joinedAt, value: formatDay(joinedAt) },
        // Whoever may not see the address may not see this day either.
        ...(email === ''
          ? []
          : [{ label: columns.lastSeenAt, value: lastSeenAt ? formatDate(lastSeenAt) : usersTexts.never }]),
        { label: texts.invitedBy, value: invitedBy?.name ?? texts.founder },
      ]}
    />
  );
};
