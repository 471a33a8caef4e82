import { operation } from '../api/operation.ts';
import { pendingInvitesCountedMax } from '../limits.ts';
import { currencyOf } from '../organizations/currency.ts';
import { fail, ok } from '../result.ts';
import { pathText } from '../roles/pool-tree.ts';
import { partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { findUser, userKeys } from '../users/find-users.ts';
import { userRoutes } from '../users/user-routes.ts';
import { mayInvite, type User } from '../users/user.ts';
import { countAssets, type Tally } from './count-assets.ts';

/**
 * Counts what a removal would hand over or, for a removed user, what a restore would return. At most 12 requests if the pools
 * are cached.
 */
export const getUserAssets = operation(
  userRoutes.getUserAssets,
  { reads: (asked) => (asked.params.userId === 'me' ? [] : userKeys(asked)) },
  async ({ table }, { actor, organization, params, tree: readTree }) => {
    const userId = params.userId === 'me' ? actor.userId : params.userId;
    const user = await findUser(table, organization.id, userId);
    if (!user) return fail('user_not_found');
    const tree = await readTree();
    const [{ byPool, resources, ...counts }, pendingInvites] = await Promise.all([
      countAssets(table, organization.id, tree, user.holdings),
      countPendingInvites(table, organization.id, user),
    ]);
    return ok({
      user: { id: user.id, name: user.name },
      ...counts,
      resources: inMoney(resources),
      currency: currencyOf(organization),
      byPool: [...byPool]
        .map(([poolId, tally]) => ({ poolId, path: pathText(tree, poolId), ...inMoney(tally) }))
        .toSorted((a, b) => a.path.localeCompare(b.path)),
      pendingInvites: { count: pendingInvites },
    });
  },
);

/** Rounds to the sixth decimal, the smallest amount of money, because sums of JavaScript numbers are not exact. */
const inMoney = ({ count, monthlyCost }: Tally): Tally => ({ count, monthlyCost: Number(monthlyCost.toFixed(6)) });

const countPendingInvites = async (table: Table, organizationId: string, user: User): Promise<number> => {
  if (!mayInvite(user)) return 0;
  const pk = partitions.invitesByInviter(organizationId, user.id);
  return (await table.query({ index: 'gsi3', pk, limit: pendingInvitesCountedMax })).items.length;
};
