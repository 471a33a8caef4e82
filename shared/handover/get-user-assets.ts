import type { Operation } from '../api/route.ts';
import type { Services } from '../ports.ts';
import { fail, ok } from '../result.ts';
import { pathText } from '../roles/pool-tree.ts';
import { partitions } from '../table/keys.ts';
import { findUser } from '../users/find-users.ts';
import type { userRoutes } from '../users/user-routes.ts';
import { mayInvite, type User } from '../users/user.ts';
import { countAssets, type Tally } from './count-assets.ts';

/** More than anybody has pending at a time: the count of one request. */
const mostInvites = 5_000;

/** What a removal would hand over; of who was removed, what a restore would bring back. At most 12 requests, the pools cached. */
export const getUserAssets: Operation<typeof userRoutes.getUserAssets> =
  (services) =>
  async ({ organization, userId }, { params }) => {
    const { table, poolTree } = services;
    const user = await findUser(table, organization.id, params.userId === 'me' ? userId : params.userId);
    if (!user) return fail('user_not_found');
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const [count, pendingInvites] = await Promise.all([
      countAssets(table, organization.id, tree, user.holdings),
      countInvites(services, organization.id, user),
    ]);
    return ok({
      user: { id: user.id, name: user.name },
      exact: count.exact,
      resources: inMoney(count.resources),
      pools: { count: count.pools },
      policies: count.policies,
      dataSources: { count: count.dataSources },
      byPool: [...count.byPool]
        .map(([poolId, tally]) => ({ poolId, path: pathText(tree, poolId), ...inMoney(tally) }))
        .toSorted((a, b) => a.path.localeCompare(b.path)),
      pendingInvites: { count: pendingInvites },
    });
  };

/** Money adds up to the sixth decimal, the smallest amount there is. */
const inMoney = ({ count, monthlyCost }: Tally): Tally => ({ count, monthlyCost: Number(monthlyCost.toFixed(6)) });

const countInvites = async ({ table }: Services, organizationId: string, user: User): Promise<number> => {
  if (!mayInvite(user)) return 0;
  const pk = partitions.invitesByInviter(organizationId, user.id);
  return (await table.query({ index: 'gsi3', pk, limit: mostInvites })).items.length;
};
