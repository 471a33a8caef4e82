import { rowNameBytesMax, rowRolesMax, rowTakenOverMax } from '../limits.ts';
import { formatAssignment, isKnownAssignment, parseAssignment, poolOf, type StoredAssignment } from '../roles/role.ts';
import { present } from '../table/condition.ts';
import { idOfSortKey } from '../table/keys.ts';
import { entryVersion } from '../table/schema.ts';
import { guard, update, type Item, type Write } from '../table/write.ts';
import { shorten } from '../text.ts';
import { rowKey } from './user-entries.ts';
import type { User } from './user.ts';

/** The fields of an active user in a list, with at most 5 role assignments and 3 predecessors, and the total numbers of both. */
export type UserSummary = Pick<
  User,
  | 'id'
  | 'email'
  | 'name'
  | 'status'
  | 'account'
  | 'emailConflict'
  | 'assignments'
  | 'joinedAt'
  | 'lastSeenAt'
  | 'invitedBy'
  | 'takenOver'
  | 'version'
> & { roleCount: number; takenOverCount: number };

/**
 * The row of a user in the list by name. The transactions that change the user maintain it, so one Query shows a page of users.
 * Its contents are one JSON text, because a response from DynamoDB takes time for each value in it: a page of 50 rows took 1.8
 * times as long when each value was an attribute. Attribute names are short because DynamoDB charges for their bytes too.
 */
interface StoredRow {
  /** The version of the row's key and contents. Absent in rows that consist of the user's id alone. */
  ev: typeof entryVersion;
  /** The contents, as JSON. */
  c: string;
  /** The day on which the user was last seen, `2026-11-23`. It is written on its own at any time, without the contents. */
  s?: string;
}

/** An array and not an object, because DynamoDB would charge for the bytes of the member names in every row. */
type RowContents = [
  name: string,
  email: string,
  /** The assignments on the organization come first. */
  assignments: string[],
  roleCount: number,
  /** An ISO 8601 text, because formatting 50 timestamps took a tenth of the time that our code adds to a request. */
  joinedAt: string,
  inviter: [id: string, name: string] | null,
  /** The newest users from whom it took over. `at` is in milliseconds since 1970. */
  takenOver: [id: string, at: number, name: string][],
  takenOverCount: number,
  version: number,
  /** Absent for most users, and in rows of earlier versions. */
  rest?: Pick<User, 'account' | 'emailConflict'>,
];

/** Reduces a user to the fields in lists. If there are too many assignments, those on the organization are kept first. */
export const summarize = ({ assignments, takenOver, invitedBy, ...user }: User): UserSummary => ({
  ...user,
  assignments:
    assignments.length > rowRolesMax
      ? [...assignments.filter(isOnOrganization), ...assignments.filter((each) => !isOnOrganization(each))].slice(
          0,
          rowRolesMax,
        )
      : assignments,
  roleCount: assignments.length,
  ...(invitedBy && { invitedBy: { ...invitedBy, name: shorten(invitedBy.name, rowNameBytesMax) } }),
  takenOver: takenOver.slice(-rowTakenOverMax).map((from) => ({ ...from, name: shorten(from.name, rowNameBytesMax) })),
  takenOverCount: takenOver.length,
});

const isOnOrganization = (assignment: StoredAssignment): boolean =>
  isKnownAssignment(assignment) && poolOf(assignment) === undefined;

/** The attribute `c` of a row. */
const contentsOf = (user: User): string => {
  const { name, email, assignments, roleCount, joinedAt, invitedBy, takenOver, takenOverCount, version } =
    summarize(user);
  const contents: RowContents = [
    name,
    email,
    assignments.map(formatAssignment),
    roleCount,
    joinedAt,
    invitedBy ? [invitedBy.id, invitedBy.name] : null,
    takenOver.map((from) => [from.id, Date.parse(from.at), from.name]),
    takenOverCount,
    version,
  ];
  const { account, emailConflict } = user;
  if (account ?? emailConflict) contents[9] = { ...(account && { account }), ...(emailConflict && { emailConflict }) };
  return JSON.stringify(contents);
};

export const rowItem = (organizationId: string, user: User): Item => ({
  ...rowKey(organizationId, user),
  ev: entryVersion,
  c: contentsOf(user),
  ...(user.lastSeenAt !== undefined && { s: user.lastSeenAt }),
});

/**
 * Updates the row of a user whose name has not changed. Does not change the day on which the user was last seen, because other
 * requests write it at any time. A row of an earlier version, which lacks that day, keeps its version.
 */
export const rowUpdate = (organizationId: string, user: User): Write<never> =>
  update(rowKey(organizationId, user), { set: { c: contentsOf(user) } });

/** Stores the day on which a user was last seen in their row. Fails if the row has moved because the user was renamed. */
export const rowSeen = (organizationId: string, user: Pick<User, 'id' | 'name' | 'entryVersion'>, day: string) =>
  update(rowKey(organizationId, user), { set: { s: day } }, guard(present('pk'), 'moved'));

/**
 * Returns the user in a row. Undefined for a row of another version: then the user's record has to be read. The contents are not
 * checked against a schema, because `contentsOf` of this version wrote them, and checking 50 rows took a tenth of a request's time.
 */
export const parseRow = (item: Item | undefined): UserSummary | undefined => {
  if (!item || !isCurrent(item)) return undefined;
  const [name, email, assignments, roleCount, joinedAt, inviter, takenOver, takenOverCount, version, rest] = JSON.parse(
    item.c,
  ) as RowContents;
  return {
    id: idOfSortKey(item.sk),
    email,
    name,
    status: 'active',
    assignments: assignments.map(parseAssignment),
    roleCount,
    joinedAt,
    ...(inviter && { invitedBy: { id: inviter[0], name: inviter[1] } }),
    takenOver: takenOver.map(([id, at, takenName]) => ({ id, name: takenName, at: new Date(at).toISOString() })),
    takenOverCount,
    ...(item.s !== undefined && { lastSeenAt: item.s }),
    version,
    ...rest,
  };
};

const isCurrent = (item: Item): item is Item & StoredRow => item.ev === entryVersion;
