import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { buildPoolTree } from '../roles/pool-tree.ts';
import { isKnownAssignment, poolOf, type StoredAssignment } from '../roles/role.ts';
import { callerAccount } from '../users/caller-account.ts';
import { roleViews } from '../users/user-view.ts';
import { parseMembership } from '../users/user.ts';
import { keys, partitions } from '../table/keys.ts';
import { parseOrganization } from './organization.ts';
import { organizationRoutes } from './organization-routes.ts';

const list = 'organizations';

/** The organizations in the order of their creation, because the items that list them have the organizations' ids as sort keys. */
export const listOrganizations = operation(
  organizationRoutes.listOrganizations,
  {},
  async ({ personTable, poolTree }, { actor: { personId, token }, query }) => {
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const pointers = await personTable(personId).query({
      pk: partitions.person(personId),
      prefix: 'organization#',
      limit: query.limit,
      ...(after.value !== undefined && { after: after.value }),
    });
    const ids = pointers.items.map(({ organizationId }) => String(organizationId));
    const table = personTable(personId, ...ids);
    const found = await table.batchGet(ids.flatMap((id) => [keys.organization(id), keys.membership(id, personId)]));
    const memberships = ids.flatMap((_, index) => found[index * 2 + 1] ?? []).map(parseMembership);
    if (memberships.some((membership) => callerAccount(membership, token) === 'closed'))
      return fail('own_account_disabled');
    const items = await Promise.all(
      ids.map(async (_, index) => {
        const [organizationItem, membershipItem] = found.slice(index * 2, index * 2 + 2);
        if (!organizationItem || !membershipItem) return [];
        const { id, name, treeVersion } = parseOrganization(organizationItem);
        const { userId, assignments } = parseMembership(membershipItem);
        const tree = assignments.some(isOnPool) ? await poolTree(table, id, treeVersion) : buildPoolTree([]);
        return [{ id, name, userId, roles: roleViews(assignments, tree) }];
      }),
    );
    return ok({ items: items.flat(), ...encodeCursor(list, pointers.next) });
  },
);

const isOnPool = (assignment: StoredAssignment): boolean =>
  isKnownAssignment(assignment) && poolOf(assignment) !== undefined;
