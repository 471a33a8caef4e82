import * as z from 'zod';
import { rowNameBytesMax, rowRolesMax, rowTakenOverMax } from '../limits.ts';
import { formatAssignment, isKnownAssignment, poolOf, type StoredAssignment } from '../roles/role.ts';
import { present } from '../table/condition.ts';
import { idOfSortKey } from '../table/keys.ts';
import { entryVersion } from '../table/schema.ts';
import { guard, update, type Item, type Write } from '../table/write.ts';
import { shorten } from '../text.ts';
import { rowKey } from './user-entries.ts';
import { storedAssignments, type User } from './user.ts';

/** What a list shows of an active user. It has at most 5 role assignments and 3 users from whom it took over, with their numbers. */
export type UserSummary = Pick<
  User,
  'id' | 'email' | 'name' | 'status' | 'assignments' | 'joinedAt' | 'lastSeenAt' | 'invitedBy' | 'takenOver' | 'version'
> & { roleCount: number; takenOverCount: number };

/**
 * The row of a user in the list by name. The transactions that change the user maintain it, so one Query shows a page of users.
 * Its attributes have short names because DynamoDB charges for names too, and a page consists of many rows.
 */
const storedRow = z.object({
  sk: z.string(),
  /** The version of the row's key and contents. Absent in rows that consist of the user's id alone. */
  ev: z.literal(entryVersion),
  /** The name. */
  n: z.string(),
  /** The email address. */
  e: z.string(),
  /** Role assignments, those on the organization first. */
  r: storedAssignments,
  /** The number of all role assignments. */
  rc: z.number(),
  /** When the user joined, in milliseconds since 1970. */
  j: z.number(),
  /** The inviter: id and name. */
  i: z.tuple([z.string(), z.string()]).optional(),
  /** The newest users from whom it took over: id, milliseconds since 1970, name. */
  t: z.array(z.tuple([z.string(), z.number(), z.string()])),
  /** The number of all users from whom it took over. */
  tc: z.number(),
  /** The day on which the user was last seen, `2026-11-23`. It is also written on its own, without the rest of the row. */
  s: z.string().optional(),
  /** The version of the user's record. */
  v: z.number(),
});

/** Reduces a user to what lists show. With too many assignments, those on the organization are kept first. */
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

/** The part of a row that the transactions which change the user write. */
const rowContents = (user: User): Omit<z.input<typeof storedRow>, 'sk' | 'ev' | 's'> => {
  const { name, email, assignments, roleCount, joinedAt, invitedBy, takenOver, takenOverCount, version } =
    summarize(user);
  return {
    n: name,
    e: email,
    r: assignments.map(formatAssignment),
    rc: roleCount,
    j: Date.parse(joinedAt),
    ...(invitedBy && { i: [invitedBy.id, invitedBy.name] }),
    t: takenOver.map((from) => [from.id, Date.parse(from.at), from.name]),
    tc: takenOverCount,
    v: version,
  };
};

export const rowItem = (organizationId: string, user: User): Item => ({
  ...rowKey(organizationId, user),
  ev: entryVersion,
  ...rowContents(user),
  ...(user.lastSeenAt !== undefined && { s: user.lastSeenAt }),
});

/**
 * Brings the row of a user whose name has not changed in line with the record. The day on which the user was last seen stays as
 * it is, because it is written at any time. A row of an earlier version stays one: it lacks that day.
 */
export const rowUpdate = (organizationId: string, user: User): Write<never> =>
  update(rowKey(organizationId, user), { set: rowContents(user) });

/** Stores the day on which a user was last seen in their row. Fails if the row has moved because the user was renamed. */
export const rowSeen = (organizationId: string, user: Pick<User, 'id' | 'name'>, day: string) =>
  update(rowKey(organizationId, user), { set: { s: day } }, guard(present('pk'), 'moved'));

/** What a row shows; undefined for a row of another version, which refers to the user's record. */
export const parseRow = (item: unknown): UserSummary | undefined => {
  const parsed = storedRow.safeParse(item);
  if (!parsed.success) return undefined;
  const { sk, n, e, r, rc, j, i, t, tc, s, v } = parsed.data;
  return {
    id: idOfSortKey(sk),
    email: e,
    name: n,
    status: 'active',
    assignments: r,
    roleCount: rc,
    joinedAt: new Date(j).toISOString(),
    ...(i && { invitedBy: { id: i[0], name: i[1] } }),
    takenOver: t.map(([id, at, name]) => ({ id, name, at: new Date(at).toISOString() })),
    takenOverCount: tc,
    ...(s !== undefined && { lastSeenAt: s }),
    version: v,
  };
};
