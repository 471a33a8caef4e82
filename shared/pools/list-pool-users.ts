import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import type { Operation } from '../api/route.ts';
import { fail, ok } from '../result.ts';
import { poolOf } from '../roles/role.ts';
import { idOfSortKey, partitions } from '../table/keys.ts';
import type { Key } from '../table/write.ts';
import { walk, type Stretch } from '../table/walk.ts';
import { findUsers } from '../users/find-users.ts';
import { userEntries } from '../users/user-entries.ts';
import { isActive, type User } from '../users/user.ts';
import type { poolRoutes } from './pool-routes.ts';

/** The stretch of those whose role reaches every pool. */
const everywhere = '';

export const listPoolUsers: Operation<typeof poolRoutes.listPoolUsers> =
  ({ table, poolTree }) =>
  async ({ organization }, { params, query }) => {
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const path = tree.path(params.poolId);
    if (path.length === 0) return fail('pool_not_found');
    const list = JSON.stringify(['pool-users', params.poolId]);
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const stretches: Stretch[] = [
      { id: everywhere, query: { pk: partitions.role(organization.id, 'organization_manager') } },
      ...path.map(({ id }) => ({ id, query: { pk: partitions.grants(organization.id, id) } })),
    ];
    const page = await walk(table, stretches, { limit: query.limit, after: after.value });
    const users = await findUsers(
      table,
      organization.id,
      page.items.map(({ item }) => idOfSortKey(item.sk)),
    );
    const items = page.items.flatMap(({ stretch, item }) => {
      const user = users.get(idOfSortKey(item.sk));
      const through = user?.assignments.find((assignment) =>
        stretch === everywhere ? assignment.role === 'organization_manager' : poolOf(assignment) === stretch,
      );
      if (!user || !isActive(user) || !through || !isEntry(organization.id, user, item)) return [];
      const pool = tree.get(stretch);
      return [
        {
          user: { id: user.id, name: user.name, email: user.email },
          role: through.role,
          ...(pool && { through: { poolId: pool.id, poolName: pool.name } }),
        },
      ];
    });
    return ok({ items, ...encodeCursor(list, page.next) });
  };

/** What a change of the user left behind shows nobody. */
const isEntry = (organizationId: string, user: User, { pk, sk }: Key): boolean =>
  userEntries(organizationId, user).some((entry) => entry.pk === pk && entry.sk === sk);
