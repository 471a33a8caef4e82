import { useQuery } from '@tanstack/react-query';
import { usersPerRequestMax } from '../../../../shared/limits.ts';
import { callApi } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { eachItem, sendBulk } from '../parts/bulk.ts';
import { sumAssets, type LeaverAssets } from './leaver-assets.ts';
import type { User, UserAssets } from './user.ts';

/**
 * The maximum number of users whose assets are read, because each user requires a request. If there are more users, the sum is shown
 * as a lower bound: “at least”.
 */
const countedMax = usersPerRequestMax;

/**
 * The sum of the assets that these users own. The query key does not begin with the name of the route. Otherwise the deletion of the
 * users would invalidate it, and the dialog would wait until the assets of all of them have been read again.
 */
export const useLeaverAssets = (users: readonly User[]) => {
  const { params } = useOrganization();
  const counted = users.slice(0, countedMax).map(({ id }) => id);
  return useQuery({
    queryKey: ['leaverAssets', params, counted, users.length],
    queryFn: async (): Promise<LeaverAssets> => {
      const read: UserAssets[] = [];
      const { failures } = await sendBulk(
        counted,
        eachItem(async (userId) => read.push(await callApi('getUserAssets', { params: { ...params, userId } }))),
      );
      const [first, ...others] = read;
      if (failures.length > 0 || !first) throw failures[0]?.error;
      return sumAssets([first, ...others], counted.length === users.length);
    },
  });
};
