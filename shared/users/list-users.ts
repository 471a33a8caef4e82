import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import type { Input, Operation } from '../api/route.ts';
import { fail, ok } from '../result.ts';
import { poolOf } from '../roles/role.ts';
import { idOfSortKey, partitions } from '../table/keys.ts';
import { compareUtf8 } from '../text.ts';
import { findUsers } from './find-users.ts';
import { searchText, userEntries } from './user-entries.ts';
import type { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';
import { isActive, type User } from './user.ts';

type Filters = Input<typeof userRoutes.listUsers>['query'];

export const listUsers: Operation<typeof userRoutes.listUsers> =
  ({ table, poolTree }) =>
  async ({ organization }, { query }) => {
    const { search, role, poolId, limit, cursor } = query;
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    if (poolId !== undefined && !tree.get(poolId))
      return fail('unknown_pool', 'The organization has no such pool.', {
        errors: [{ pointer: '?poolId', code: 'unknown_pool', detail: 'No such pool.' }],
      });
    const list = JSON.stringify(['users', searchText(search ?? ''), role, poolId]);
    const after = decodeCursor(list, cursor);
    if (!after.ok) return after;
    const { pk, prefix } = indexFor(organization.id, query);
    const page = await table.query({ pk, prefix, limit, ...(after.value !== undefined && { after: after.value }) });
    const users = await findUsers(
      table,
      organization.id,
      page.items.map(({ sk }) => idOfSortKey(sk)),
    );
    const items = page.items
      .map(({ sk }) => ({ sk, user: users.get(idOfSortKey(sk)) }))
      .flatMap(({ sk, user }) =>
        user && isActive(user) && sk === firstEntry(organization.id, user, pk, prefix) && passes(user, query)
          ? [userView(user, tree)]
          : [],
      );
    return ok({ items, ...encodeCursor(list, page.next) });
  };

/** One of the filters picks the index; the others are applied to the page. */
const indexFor = (organizationId: string, { search, role, poolId }: Filters): { pk: string; prefix: string } => {
  if (search !== undefined && searchText(search))
    return { pk: partitions.search(organizationId), prefix: searchText(search) };
  if (poolId !== undefined) return { pk: partitions.grants(organizationId, poolId), prefix: '' };
  if (role !== undefined) return { pk: partitions.role(organizationId, role), prefix: '' };
  return { pk: partitions.users(organizationId), prefix: '' };
};

/** A user whom several entries match is listed at the first of them, and at none that is no longer its own. */
const firstEntry = (organizationId: string, user: User, pk: string, prefix: string): string | undefined =>
  userEntries(organizationId, user)
    .flatMap((entry) => (entry.pk === pk && entry.sk.startsWith(prefix) ? [entry.sk] : []))
    .toSorted(compareUtf8)[0];

const passes = ({ assignments }: User, { role, poolId }: Filters): boolean =>
  (role === undefined || assignments.some((assignment) => assignment.role === role)) &&
  (poolId === undefined || assignments.some((assignment) => poolOf(assignment) === poolId));
