import { operation } from '../api/operation.ts';
import { membershipsShownMax } from '../limits.ts';
import { fail, ok } from '../result.ts';
import { callerAccount } from '../users/caller-account.ts';
import { roleViews } from '../users/user-view.ts';
import { parseMembership } from '../users/user.ts';
import { keys, partitions } from '../table/keys.ts';
import { parseOrganization } from './organization.ts';
import { organizationRoutes } from './organization-routes.ts';

export const listOrganizations = operation(
  organizationRoutes.listOrganizations,
  {},
  async ({ personTable, poolTree }, { actor: { personId, token } }) => {
    const pointers = await personTable(personId).query({
      pk: partitions.person(personId),
      prefix: 'organization#',
      limit: membershipsShownMax,
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
        return [{ id, name, userId, roles: roleViews(assignments, await poolTree(table, id, treeVersion)) }];
      }),
    );
    return ok({ items: items.flat().toSorted((a, b) => a.name.localeCompare(b.name)) });
  },
);
