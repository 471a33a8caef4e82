import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { implied } from '../roles/authorize.ts';
import { actions, reachOf } from '../roles/matrix.ts';
import { isKnownAssignment, organizationRoles, poolOf } from '../roles/role.ts';
import { idOfSortKey, partitions } from '../table/keys.ts';
import type { Key } from '../table/write.ts';
import { walk, type Stretch } from '../table/walk.ts';
import { findUsers } from '../users/find-users.ts';
import { userEntries } from '../users/user-entries.ts';
import { isActive, type User } from '../users/user.ts';
import { poolRoutes } from './pool-routes.ts';

/** The roles on the organization that grant more than the rights of every user. They apply to every pool. */
const rolesOnOrganization = organizationRoles.filter((role) =>
  actions.some((action) => reachOf(action, role) !== undefined && reachOf(action, implied.role) === undefined),
);

export const listPoolUsers = operation(
  poolRoutes.listPoolUsers,
  {},
  async ({ table }, { organization, params, query, tree: readTree }) => {
    const tree = await readTree();
    const path = tree.path(params.poolId);
    if (path.length === 0) return fail('pool_not_found');
    // The name is unchanged for requests without the newer option, so that cursors of earlier versions stay valid.
    const list = JSON.stringify(['pool-users', params.poolId, ...(query.subPools ? ['sub-pools'] : [])]);
    const below = query.subPools ? tree.subtree(params.poolId).slice(1) : [];
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const stretches: Stretch[] = [
      ...rolesOnOrganization.map((role) => ({ id: role, query: { pk: partitions.role(organization.id, role) } })),
      ...[...path, ...below].map(({ id }) => ({ id, query: { pk: partitions.grants(organization.id, id) } })),
    ];
    const page = await walk(table, stretches, { limit: query.limit, after: after.value });
    const users = await findUsers(
      table,
      organization.id,
      page.items.map(({ item }) => idOfSortKey(item.sk)),
    );
    const items = page.items.flatMap(({ stretch, item }) => {
      const user = users.get(idOfSortKey(item.sk));
      const through = user?.assignments
        .filter(isKnownAssignment)
        .find((assignment) =>
          poolOf(assignment) === undefined ? assignment.role === stretch : poolOf(assignment) === stretch,
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
  },
);

/** Whether an index entry matches the user as stored now. Entries that an earlier change or removal left behind are ignored. */
const isEntry = (organizationId: string, user: User, { pk, sk }: Key): boolean =>
  userEntries(organizationId, user).some((entry) => entry.pk === pk && entry.sk === sk);
